/** Chromium's pages that nobody sees (`chrome.offscreen`, Chromium 109 and later); the polyfill does not know them. */
declare const chrome: { readonly offscreen?: OffscreenApi } | undefined;

interface OffscreenApi {
  createDocument(what: { url: string; reasons: readonly string[]; justification: string }): Promise<void>;
  closeDocument(): Promise<void>;
  hasDocument(): Promise<boolean>;
}

const api = (): OffscreenApi | null => (typeof chrome === 'undefined' ? null : (chrome.offscreen ?? null));

export const hasOffscreenPages = (): boolean => api() !== null;

const opening: { page: Promise<void> | null } = { page: null };

/** Opens the extension's one such page where it is not open, and waits until it has loaded. */
export const openOffscreenPage = (path: string): Promise<void> => {
  opening.page ??= open(path).finally(() => {
    opening.page = null;
  });
  return opening.page;
};

const open = async (path: string): Promise<void> => {
  const offscreen = api();
  if (offscreen === null || (await offscreen.hasDocument())) return;
  await offscreen.createDocument({
    url: path,
    reasons: ['WORKERS', 'BLOBS'],
    justification: 'Copies checkpoints in a worker and hands the finished zip to the downloads.',
  });
};

export const closeOffscreenPage = async (): Promise<void> => {
  const offscreen = api();
  if (offscreen !== null && (await offscreen.hasDocument())) await offscreen.closeDocument();
};
