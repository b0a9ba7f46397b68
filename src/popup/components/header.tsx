import type { JSX, Ref } from 'preact';
import { useWords } from '../words-context.ts';
import type { StatusTag } from '../view-model/status-tag.ts';

/** The mark: a mooring ring on its post. */
const Mark = (): JSX.Element => (
  <svg class="mark" viewBox="0 0 128 128" aria-hidden="true">
    <path
      fill-rule="evenodd"
      d="M64 6a35 35 0 1 1 0 70 35 35 0 0 1 0-70zm0 15a20 20 0 1 0 0 40 20 20 0 0 0 0-40z"
    />
    <path d="M57 70h14v18c0 10 8 17 30 19a4 4 0 0 1 4 4v7a4 4 0 0 1-4 4H27a4 4 0 0 1-4-4v-7a4 4 0 0 1 4-4c22-2 30-9 30-19z" />
  </svg>
);

interface HeaderProps {
  readonly title: string;
  readonly fullTitle: string;
  readonly tag: StatusTag | null;
  readonly menu: MenuButtonProps | null;
}
interface MenuButtonProps {
  readonly open: boolean;
  readonly panelId: string;
  readonly toggle: () => void;
  readonly buttonRef: Ref<HTMLButtonElement>;
}

const MenuButton = ({ open, panelId, toggle, buttonRef }: MenuButtonProps): JSX.Element => {
  const t = useWords();
  return (
    <button
      type="button"
      class="menu-button"
      ref={buttonRef}
      aria-label={t('menu_button')}
      title={t('menu_button')}
      aria-expanded={open}
      aria-controls={panelId}
      onClick={toggle}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="3" cy="8" r="1.4" />
        <circle cx="8" cy="8" r="1.4" />
        <circle cx="13" cy="8" r="1.4" />
      </svg>
    </button>
  );
};

/** The notebook's name, its state in a word, and the way to everything else. */
export const Header = ({ title, fullTitle, tag, menu }: HeaderProps): JSX.Element => (
  <header class="header">
    <Mark />
    <b class="header-title" title={fullTitle}>
      {title}
    </b>
    {tag === null ? null : <span class={`tag ${tag.tone}`}>{tag.word}</span>}
    {menu === null ? null : <MenuButton {...menu} />}
  </header>
);
