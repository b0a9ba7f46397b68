import * as v from 'valibot';
import { folderMemorySchema } from '../runtime/folder-memory.ts';
import { insertFailureSchema } from '../protocol/insert-failure.ts';
import { presetSchema, saveSettingsSchema } from '../protocol/save-settings-view.ts';
import { growthSchema } from './growth.ts';
import { keepingSchema, NOT_ASKED } from './keeping.ts';
import { packageVersionsSchema } from '../core/recovery/package-versions.ts';
import { memoryPressureSchema } from '../core/pressure/memory-pressure.ts';
import { kernelLifeSchema } from '../core/run/kernel-life.ts';
import { askedChangesSchema, NOTHING_CHANGED } from '../core/reach/asked-changes.ts';
import { askedSavesSchema } from '../core/reach/asked-save.ts';
import { runSchema } from '../core/run/run.ts';
import { NO_USES, usesSchema } from './uses.ts';

/** A cell that was put into the notebook: what must still stand there before it is changed or taken away. */
const ownCellEntries = { cellId: v.string(), source: v.string() };
const ownCellSchema = v.object(ownCellEntries);
export type OwnCell = v.InferOutput<typeof ownCellSchema>;

const resumeCellSchema = v.object({
  ...ownCellEntries,
  checkpoint: v.string(),
  /** Run whose loss it answers. */
  runId: v.string(),
});

const settingsCellSchema = v.object({
  ...ownCellEntries,
  /** Which of the offered settings it holds. */
  preset: presetSchema,
  settings: saveSettingsSchema,
});

const recoveryStepSchema = v.object({
  kind: v.picklist(['restore', 'setup', 'insert', 'train', 'watch']),
  /** Of a setup cell; the resume cell is found by `inserted` when its turn comes. */
  cellId: v.nullable(v.string()),
  title: v.nullable(v.string()),
  /** Of the copy that is put back. */
  copyId: v.optional(v.nullable(v.string()), null),
  sizeBytes: v.optional(v.nullable(v.number()), null),
  /** Of a setup cell: it need not wait until the copies are back. */
  beside: v.optional(v.boolean(), false),
  state: v.picklist(['waiting', 'running', 'done', 'failed', 'skipped']),
  error: v.nullable(v.string()),
  /** When it was begun last. */
  startedAt: v.optional(v.nullable(v.number()), null),
  /** The page was loaded anew or closed while it ran in the kernel: its end may have been missed. */
  unheard: v.optional(v.boolean(), false),
});
export type RecoveryStep = v.InferOutput<typeof recoveryStepSchema>;

const recoverySchema = v.object({
  runId: v.string(),
  /** `null`: its checkpoint does not tell. */
  fromStep: v.nullable(v.number()),
  status: v.picklist(['running', 'failed', 'stopped', 'done']),
  steps: v.array(recoveryStepSchema),
});
export type Recovery = v.InferOutput<typeof recoverySchema>;

const setupRecordSchema = v.object({
  runs: v.pipe(
    v.array(
      v.object({
        cellId: v.string(),
        hash: v.string(),
        title: v.string(),
        role: v.picklist(['setup', 'training', 'holdfast']),
        cellFirstRanAt: v.number(),
        firstStartedAt: v.number(),
        firstEndedAt: v.number(),
        lastStartedAt: v.number(),
        tookMs: v.number(),
      }),
    ),
    v.readonly(),
  ),
  dropped: v.number(),
  packages: v.optional(packageVersionsSchema, {}),
});

/** A cell that the kernel was given. Where the page does not name its cells, the execution's id stands for the cell's. */
const heardCellSchema = v.object({
  id: v.string(),
  cellId: v.nullable(v.string()),
  executionId: v.string(),
  kernelId: v.string(),
  source: v.string(),
  at: v.number(),
});

const machineDiskSchema = v.object({
  /** The machine it was asked of. */
  machineId: v.nullable(v.string()),
  askedAt: v.number(),
  /** `null`: not told. */
  freeBytes: v.nullable(v.number()),
  /** The server answers, and does not tell. */
  isSilent: v.boolean(),
  /** What the run's checkpoints took then. */
  heldBytes: v.number(),
  /** The run that the user was warned for. */
  warnedFor: v.nullable(v.string()),
});
export type MachineDisk = v.InferOutput<typeof machineDiskSchema>;

/** Everything known of one notebook; one record in the browser's storage, from one visit to the next. */
export const notebookSchema = v.object({
  id: v.string(),
  origin: v.string(),
  baseUrl: v.string(),
  serverRoot: v.nullable(v.string()),
  path: v.string(),
  /** What people call it. */
  name: v.string(),
  /** The tab it was last seen in. */
  tabId: v.nullable(v.number()),
  /** Whether a page shows it at the moment. */
  present: v.boolean(),
  /** Whether that page has shown it with a kernel; a notebook that is being opened has none for a moment. */
  hadKernelHere: v.boolean(),
  /** Whether it is the one in front on its page. */
  current: v.boolean(),
  seenAt: v.number(),
  kernel: kernelLifeSchema,
  connection: v.variant('kind', [
    v.object({ kind: v.literal('connected') }),
    v.object({
      kind: v.picklist([
        'offline',
        'server-unreachable',
        'notebook-disconnected',
        'runtime-disconnected',
        'page-away',
      ]),
      since: v.number(),
    }),
  ]),
  /** When the server of a kernel was started, by its own clock; `null` where it was not asked yet. */
  serverStart: v.optional(v.nullable(v.object({ kernelId: v.string(), startedAt: v.number() })), null),
  /** The machine lent to the notebook, as the page last told; `null` where the page tells of none. */
  machine: v.nullable(
    v.object({
      id: v.nullable(v.string()),
      connected: v.nullable(v.boolean()),
      /** A captcha lies over the page. */
      asks: v.optional(v.boolean(), false),
    }),
  ),
  /** Name of the front end, `null` where none was recognised. */
  platform: v.nullable(v.string()),
  /** Whether the page gives a way to put a cell in. */
  canInsert: v.boolean(),
  application: v.picklist(['working', 'absent', 'waiting']),
  kernelTap: v.picklist(['reading', 'standing-by', 'idle']),
  files: v.picklist([
    'working',
    'not-tried',
    'signed-out',
    'forbidden',
    'server-error',
    'server-stopped',
    'too-many-requests',
    'unreachable',
    'not-understood',
    'unsupported-site',
  ]),
  run: v.nullable(runSchema),
  /** Cells that ran in the present life of the kernel. */
  setup: v.pipe(setupRecordSchema, v.readonly()),
  /** The same, as it stood when `run` began: what a recovery runs again. */
  runSetup: v.pipe(setupRecordSchema, v.readonly()),
  /** Cells that the kernel was given lately, newest last: an end must know what began, and a page without cells is read from here. */
  heard: v.array(heardCellSchema),
  /** Memory of the last look at the output folder. */
  lookMemory: v.nullable(folderMemorySchema),
  inserted: v.nullable(resumeCellSchema),
  /** The cell above the training cell that says when it saves. */
  settingsCell: v.optional(v.nullable(settingsCellSchema), null),
  /** The cell above the training cell that takes wishes as files. */
  askCell: v.optional(v.nullable(ownCellSchema), null),
  /** Whether a socket of ours reaches the kernel, as far as a click has shown. */
  door: v.optional(v.picklist(['unknown', 'open', 'refused']), 'unknown'),
  insertFailure: v.nullable(insertFailureSchema),
  /** Text of the resume cell where it cannot be inserted. */
  copyText: v.nullable(v.string()),
  resumeImpossible: v.nullable(
    v.picklist([
      'no-checkpoint',
      'no-train-call',
      'script-without-flag',
      'script-not-read',
      'idiom-unknown',
      'cannot-resume',
      'trains-elsewhere',
      'no-save-call',
      'path-not-writable',
      'still-checking',
    ]),
  ),
  /** The user took the inserted cell away: it is not put back by itself. */
  undone: v.boolean(),
  recovery: v.nullable(recoverySchema),
  uses: v.optional(usesSchema, NO_USES),
  keeping: v.optional(keepingSchema, NOT_ASKED),
  disk: v.optional(v.nullable(machineDiskSchema), null),
  memory: v.optional(v.nullable(memoryPressureSchema), null),
  growth: v.optional(v.nullable(growthSchema), null),
  saves: v.optional(v.nullable(askedSavesSchema), null),
  askedChanges: v.optional(askedChangesSchema, NOTHING_CHANGED),
});
export type Notebook = v.InferOutput<typeof notebookSchema>;

export const notebookId = (origin: string, baseUrl: string, path: string): string =>
  `${origin}${baseUrl}${path}`;

/** The end of its path, where nothing better is known. */
export const nameFromPath = (path: string): string => path.split('/').at(-1) ?? path;

/** Whether the page can be asked for its cells. */
export const hasCells = ({ platform }: Notebook): boolean => platform !== null;
