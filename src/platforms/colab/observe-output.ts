/** A drawn output is read at most this often. */
const READ_INTERVAL_MS = 500;

/** Calls back for what is drawn now and after each change, at once the first time and then at most every half second. */
export const observeOutput = (output: Element, changed: () => void, signal: AbortSignal): void => {
  const state = { waiting: false, again: false };
  const read = (): void => {
    if (signal.aborted) return;
    if (state.waiting) return void (state.again = true);
    state.waiting = true;
    state.again = false;
    changed();
    setTimeout(() => {
      state.waiting = false;
      if (state.again) read();
    }, READ_INTERVAL_MS);
  };
  const observer = new MutationObserver(read);
  observer.observe(output, { childList: true, characterData: true, subtree: true });
  signal.addEventListener('abort', () => observer.disconnect(), { once: true });
  read();
};
