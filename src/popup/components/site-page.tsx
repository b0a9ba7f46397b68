import type { JSX } from 'preact';
import type { PopupAction } from '../../protocol/popup-transport.ts';
import type { NotebookView, PopupView } from '../../protocol/popup-view.ts';
import type { Translate } from '../translate.ts';
import type { Actions } from '../use-actions.ts';
import { useWords } from '../words-context.ts';
import { longName, shortName } from '../../core/plain-text.ts';
import { ButtonRow } from './button-row.tsx';
import { Header } from './header.tsx';
import { Headline } from './headline.tsx';
import { Status } from './status.tsx';

type SiteView = Exclude<PopupView, NotebookView> | { readonly kind: 'loading' | 'unheard' };

interface PageWords {
  readonly heading: string;
  readonly text: string;
  readonly button: { readonly label: string; readonly small: string; readonly action: PopupAction } | null;
  readonly footer: string | null;
}

const pageWords = (t: Translate, view: SiteView): PageWords => {
  const plain = { text: '', button: null, footer: null };
  switch (view.kind) {
    case 'loading':
      return { ...plain, heading: t('loading_heading') };
    case 'unheard':
      return { ...plain, heading: t('unheard_heading'), text: t('unheard_text') };
    case 'nothing-here':
      return { ...plain, heading: t('nothing_heading'), text: t('nothing_text') };
    case 'not-a-notebook':
      return {
        ...plain,
        heading: t('not_notebook_heading'),
        text: t('not_notebook_text', [shortName(view.host)]),
      };
    case 'site-off':
      return {
        heading: t('site_off_heading'),
        text: t('site_off_text'),
        button: {
          label: t('site_off_button', [shortName(view.host)]),
          small: t('site_off_small'),
          action: { kind: 'enable-site', origin: view.origin },
        },
        footer: t('site_off_footer'),
      };
    case 'reload-needed':
      return {
        ...plain,
        heading: t('reload_heading'),
        text: t('reload_text'),
        button: { label: t('reload_button'), small: t('reload_small'), action: { kind: 'reload-tab' } },
      };
    default:
      return view satisfies never;
  }
};

/** The popup where there is no notebook to speak of. */
export const SitePage = ({ view, actions }: { view: SiteView; actions: Actions }): JSX.Element => {
  const t = useWords();
  const words = pageWords(t, view);
  const host = 'host' in view ? view.host : null;
  return (
    <>
      <Header
        title={host === null ? t('extension_name') : t('title_jupyter_at', [shortName(host)])}
        fullTitle={host === null ? t('extension_name') : longName(host)}
        tag={null}
        menu={null}
      />
      <main class={view.kind}>
        <Headline words={{ tone: 'plain', heading: words.heading, text: words.text }} />
        <ButtonRow buttons={{ main: words.button, beside: null }} actions={actions} />
        <Status message={actions.message} />
      </main>
      {words.footer === null ? null : <footer class="footer">{words.footer}</footer>}
    </>
  );
};
