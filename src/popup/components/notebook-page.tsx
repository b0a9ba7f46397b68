import type { JSX } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import type { NotebookView } from '../../protocol/popup-view.ts';
import type { Actions } from '../use-actions.ts';
import { useNow } from '../use-now.ts';
import { useWords } from '../words-context.ts';
import { footerWords } from '../view-model/folder-words.ts';
import { longName, plainText } from '../../core/plain-text.ts';
import { statusTag } from '../view-model/status-tag.ts';
import { Header } from './header.tsx';
import { MenuPanel } from './menu-panel.tsx';
import { NotebookBody } from './notebook-body.tsx';

interface NotebookPageProps {
  readonly view: NotebookView;
  /** When the view was read, by the clock below. */
  readonly readAt: number;
  readonly clock: () => number;
  readonly actions: Actions;
}

const Footer = ({ view }: { readonly view: NotebookView }): JSX.Element => {
  const words = footerWords(useWords(), view);
  return (
    <footer class="footer">
      <span class="footer-left" title={words.leftTitle ?? words.left}>
        {words.left}
      </span>
      <span title={words.rightTitle ?? undefined}>{words.right}</span>
    </footer>
  );
};

/** The popup over a notebook. */
export const NotebookPage = ({ view, readAt, clock, actions }: NotebookPageProps): JSX.Element => {
  const t = useWords();
  const now = useNow(clock);
  const panelId = useId();
  const menuButton = useRef<HTMLButtonElement>(null);
  const [menuOpen, setMenuOpen] = useState(false);
  const closeMenu = (): void => {
    setMenuOpen(false);
    menuButton.current?.focus();
  };
  const closeOnEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !menuOpen) return;
    // Otherwise the browser closes the whole popup.
    event.preventDefault();
    closeMenu();
  };
  return (
    <div class="notebook" onKeyDown={closeOnEscape}>
      <Header
        title={plainText(view.name, 80)}
        fullTitle={longName(view.name)}
        tag={statusTag(t, view.state)}
        menu={{ open: menuOpen, panelId, toggle: () => setMenuOpen(!menuOpen), buttonRef: menuButton }}
      />
      {menuOpen ? <MenuPanel id={panelId} view={view} actions={actions} close={closeMenu} /> : null}
      <NotebookBody view={view} readAt={readAt} now={now} actions={actions} />
      <Footer view={view} />
    </div>
  );
};
