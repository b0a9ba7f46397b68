import { createJupyterLab } from './jupyterlab/jupyterlab.ts';
import { createNotebook7 } from './notebook7/notebook7.ts';
import { isLuminoApplication } from './lumino/application.ts';
import type { NotebookPlatform } from './platform.ts';

/** Which notebook front end an application object belongs to, `null` when its shape is none that is known. */
export const detectPlatform = (app: unknown): NotebookPlatform | null => {
  if (!isLuminoApplication(app)) return null;
  return createNotebook7(app) ?? createJupyterLab(app);
};
