import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { PopupTransport } from '../protocol/popup-transport.ts';
import { NotebookPage } from './components/notebook-page.tsx';
import { SitePage } from './components/site-page.tsx';
import type { Translate } from './translate.ts';
import { useActions } from './use-actions.ts';
import { useKeptFocus } from './use-kept-focus.ts';
import { usePopupView, type ReadView } from './use-popup-view.ts';
import { WordsContext } from './words-context.ts';

interface PopupAppProps {
  readonly transport: PopupTransport;
  readonly t: Translate;
  /** Milliseconds since the epoch; the gallery stops it. */
  readonly clock: () => number;
}

/** A state's name: when it changes under a pressed button, the keyboard goes to the new heading. */
const stateName = (read: ReadView): string => {
  if (read.kind !== 'read') return read.kind;
  return read.view.kind === 'notebook' ? `notebook ${read.view.state.kind}` : read.view.kind;
};

/** The whole popup on whatever transport it is given. */
export const PopupApp = ({ transport, t, clock }: PopupAppProps): JSX.Element => {
  const { read, readAgain } = usePopupView(transport, clock);
  const actions = useActions(transport, t, readAgain);
  const root = useRef<HTMLDivElement>(null);
  const name = stateName(read);
  const nameBefore = useRef(name);

  useEffect(() => {
    const focusWasLost = document.activeElement === document.body;
    if (nameBefore.current !== name && nameBefore.current !== 'loading' && focusWasLost)
      root.current?.querySelector('h1')?.focus();
    nameBefore.current = name;
  }, [name]);
  useKeptFocus(root);

  const page = read.kind === 'read' ? read.view : read;
  return (
    <WordsContext.Provider value={t}>
      <div class="popup" ref={root}>
        {page.kind === 'notebook' ? (
          <NotebookPage
            key={page.notebookId}
            view={page}
            readAt={read.kind === 'read' ? read.readAt : 0}
            clock={clock}
            actions={actions}
          />
        ) : (
          <SitePage view={page} actions={actions} />
        )}
      </div>
    </WordsContext.Provider>
  );
};
