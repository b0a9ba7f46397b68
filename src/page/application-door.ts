/**
 * JupyterLab 4 and Notebook 7 put their application object on `window.jupyterapp` when the option `exposeAppInBrowser`
 * is set in the page's config (JupyterLab documentation, "exposeAppInBrowser"; seen in JupyterLab 4.6.6 and Notebook
 * 7.6.5, November 2026). This sets the option in the config element before the application reads it, takes the object
 * in a setter of our own, and leaves the config and `window` as they were.
 */
export interface PageConfig {
  readonly baseUrl: string;
  readonly serverRoot: string | null;
}

export interface DoorOutcome {
  /** The page is one of a Jupyter front end; called once, while the document is still loading. */
  config(config: PageConfig): void;
  /** The application object, exactly as the page made it. */
  application(app: unknown): void;
  /** This page will not hand out an application object. */
  absent(): void;
}

const CONFIG_ID = 'jupyter-config-data';
const NAME = 'jupyterapp';

/** Watches the loading document for the config element. Calls each of the outcomes at most once. */
export const openApplicationDoor = (document: Document, page: object, outcome: DoorOutcome): void => {
  const watch = new AbortController();
  const observing = watch.signal;
  const observer = new MutationObserver(() => lookForConfig());
  const finish = (): void => {
    watch.abort();
    observer.disconnect();
  };
  const lookForConfig = (): void => {
    const element = document.getElementById(CONFIG_ID);
    const config = element === null ? null : readConfig(element.textContent);
    // A network chunk can end inside the element: as long as the document is loading, its text may still grow.
    if (element === null || config === null) return;
    finish();
    try {
      takeApplication(element, config, page, outcome);
    } catch {
      outcome.absent();
    }
  };
  const onParsed = (): void => {
    lookForConfig();
    if (!observing.aborted) outcome.absent();
    finish();
  };
  observer.observe(document, { childList: true, characterData: true, subtree: true });
  document.addEventListener('DOMContentLoaded', onParsed, { signal: observing });
  lookForConfig();
};

const takeApplication = (
  element: Element,
  config: Readonly<Record<string, unknown>>,
  page: object,
  outcome: DoorOutcome,
): void => {
  const original = element.textContent;
  outcome.config({
    baseUrl: typeof config['baseUrl'] === 'string' ? config['baseUrl'] : '/',
    serverRoot: typeof config['serverRoot'] === 'string' ? config['serverRoot'] : null,
  });
  const exposedAnyway = String(config['exposeAppInBrowser']).toLowerCase() === 'true';
  Object.defineProperty(page, NAME, {
    configurable: true,
    enumerable: false,
    get: () => undefined,
    set: (app: unknown) => {
      restore(element, original, page, exposedAnyway, app);
      outcome.application(app);
    },
  });
  if (!exposedAnyway) element.textContent = JSON.stringify({ ...config, exposeAppInBrowser: true });
};

const restore = (element: Element, original: string, page: object, keep: boolean, app: unknown): void => {
  Reflect.deleteProperty(page, NAME);
  if (keep)
    Object.defineProperty(page, NAME, { configurable: true, enumerable: true, writable: true, value: app });
  else element.textContent = original;
};

const readConfig = (text: string): Record<string, unknown> | null => {
  try {
    const config: unknown = JSON.parse(text);
    return isRecord(config) ? config : null;
  } catch {
    return null;
  }
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
