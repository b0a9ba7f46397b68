import type { LuminoApplication } from '../lumino/application.ts';
import { createLuminoPlatform } from '../lumino/lumino-platform.ts';
import type { NotebookPlatform } from '../platform.ts';

/**
 * Notebook 7 (seen: 7.6.5, November 2026), `/notebooks/…`: the same parts as JupyterLab in a shell with one document.
 * Its application names itself "Jupyter Notebook".
 */
export const createNotebook7 = (app: LuminoApplication): NotebookPlatform | null =>
  app.name === 'Jupyter Notebook' ? createLuminoPlatform('notebook7', app) : null;
