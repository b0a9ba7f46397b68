import * as v from 'valibot';

/** The execution that a page loaded anew still has to show. Colab finds it on its own servers. */
const Run = v.object({ cell: v.string(), request: v.string(), kernel: v.string() });

const KEY = 'running';

export const remember = (run: v.InferOutput<typeof Run>): void => {
  sessionStorage.setItem(KEY, JSON.stringify(run));
};

export const forget = (): void => sessionStorage.removeItem(KEY);

export const remembered = (): v.InferOutput<typeof Run> | null => {
  const stored = sessionStorage.getItem(KEY);
  return stored === null ? null : v.parse(Run, JSON.parse(stored));
};
