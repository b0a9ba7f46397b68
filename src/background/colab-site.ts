import type { Notebook } from './notebook.ts';

/** Whether a page's origin is Colab's: there the runtime is lent, and reached in other ways than on a Jupyter server. */
export const isColab = (origin: string): boolean => new URL(origin).hostname === 'colab.research.google.com';

/**
 * What paths in a notebook's code count from: the notebook as if it lay in its kernel's folder, and the server's root.
 * Colab's kernels start in `/content`, and its server's root is `/` (public notebooks, 2018–2026).
 */
export const placeOf = ({
  origin,
  path,
  serverRoot,
}: Pick<Notebook, 'origin' | 'path' | 'serverRoot'>): { notebookPath: string; serverRoot: string | null } =>
  isColab(origin)
    ? { notebookPath: 'content/notebook.ipynb', serverRoot: '/' }
    : { notebookPath: path, serverRoot };
