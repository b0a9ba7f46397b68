import { NOTHING_CHANGED } from '../core/reach/asked-changes.ts';
import { emptySetupRecord } from '../core/recovery/setup-record.ts';
import { NOT_ASKED } from './keeping.ts';
import { nameFromPath, notebookId, type Notebook } from './notebook.ts';
import type { TabPage } from './tab-pages.ts';
import { NO_USES } from './uses.ts';

/** A notebook nobody has seen before. */
export const emptyNotebook = (page: TabPage, path: string, at: number): Notebook => ({
  id: notebookId(page.origin, page.baseUrl, path),
  origin: page.origin,
  baseUrl: page.baseUrl,
  serverRoot: page.serverRoot,
  path,
  name: nameFromPath(path),
  tabId: null,
  present: false,
  hadKernelHere: false,
  current: false,
  seenAt: at,
  kernel: { id: null, state: 'alive', since: at },
  connection: { kind: 'connected' },
  serverStart: null,
  machine: null,
  platform: page.platform,
  canInsert: page.canInsert,
  application: page.application,
  kernelTap: page.kernelTap,
  files: 'not-tried',
  run: null,
  setup: emptySetupRecord,
  runSetup: emptySetupRecord,
  heard: [],
  lookMemory: null,
  inserted: null,
  settingsCell: null,
  askCell: null,
  door: 'unknown',
  insertFailure: null,
  copyText: null,
  resumeImpossible: null,
  undone: false,
  recovery: null,
  uses: NO_USES,
  keeping: NOT_ASKED,
  disk: null,
  memory: null,
  growth: null,
  saves: null,
  askedChanges: NOTHING_CHANGED,
});
