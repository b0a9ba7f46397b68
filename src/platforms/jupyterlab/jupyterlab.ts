import type { LuminoApplication } from '../lumino/application.ts';
import { createLuminoPlatform } from '../lumino/lumino-platform.ts';
import type { NotebookPlatform } from '../platform.ts';

/** JupyterLab 4 (seen: 4.6.6, November 2026), `/lab` and `/doc`: notebooks are the panels of the shell's main area. */
export const createJupyterLab = (app: LuminoApplication): NotebookPlatform =>
  createLuminoPlatform('jupyterlab', app);
