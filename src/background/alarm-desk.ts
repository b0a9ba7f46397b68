import { browser } from '../browser/browser.ts';
import { translate } from '../browser/translate.ts';
import { shortName } from '../core/plain-text.ts';
import { positionOf } from '../core/run/progress.ts';
import type { Unit } from '../core/checkpoint/epochs.ts';
import type { Run } from '../core/run/run.ts';
import { unitOf } from '../core/run/unit.ts';
import { knownSaves, safeCheckpoint, type KnownSaves } from '../core/run/saves.ts';
import type { MemoryView } from '../protocol/memory-view.ts';
import type { MessageKey } from '../protocol/messages-key.ts';
import { isColab } from './colab-site.ts';
import { bodyOfLoss, titleOfLoss, type Body } from './loss-words.ts';
import type { FolderWatch } from './folder-watch.ts';
import type { Notebook } from './notebook.ts';
import { placePhrase, whereItIs } from './place-phrase.ts';
import type { NotebookStore } from './notebook-store.ts';

/** The last looks before the alarm may take this long; then the alarm says what is known. */
const LAST_LOOKS_MS = 900;
/** The same on Colab, where a way to the files has to be found first. */
const COLAB_LAST_LOOKS_MS = 3000;
/** The kernel that wrote is dead: a folder that stands still for this long is not being written any more. */
const LAST_LOOKS_PAUSE_MS = 200;

export interface AlarmDesk {
  /** A training run was lost: says what happened, at which step, and what is safe. */
  lost(id: string): Promise<void>;
  unreachable(id: string): void;
  /** The page says that it has no runtime any more. */
  disconnected(id: string): void;
  /** The page asks for a person, with a captcha. */
  personWanted(id: string): void;
  ended(id: string): void;
  /** The machine's disk has room for few more checkpoints of the run. */
  diskFills(id: string, room: { readonly more: number }): void;
  /** The machine's memory is about to be full. */
  memoryFills(id: string, memory: MemoryView): void;
  /** A run that was to go on trains from the beginning. */
  fromZero(id: string): void;
}

/** Desktop notifications. One for each end of a run; clicking it brings the notebook's tab to the front. */
export const createAlarmDesk = (store: NotebookStore, looks: FolderWatch): AlarmDesk => ({
  async lost(id) {
    await Promise.race([
      looks.settle(id, LAST_LOOKS_PAUSE_MS).catch(() => undefined),
      new Promise((resolve) => setTimeout(resolve, lastLooksMs(store.get(id)))),
    ]);
    const record = store.get(id);
    if (record?.run?.phase.kind !== 'lost') return;
    const loss = record.run.phase;
    show(
      record,
      titleOfLoss(loss.cause),
      bodyOfLoss(record.run, loss, knownSaves(record.run, record.files === 'working')),
    );
  },
  unreachable(id) {
    const record = store.get(id);
    const run = record?.run ?? null;
    if (record === null || run === null) return;
    show(record, 'notify_unreachable_title', ['notify_unreachable_body', whereItIs(run)]);
  },
  disconnected(id) {
    const record = store.get(id);
    const run = record?.run ?? null;
    if (record === null || run === null) return;
    show(record, 'notify_disconnected_title', ['notify_disconnected_body', whereItIs(run)]);
  },
  personWanted(id) {
    const record = store.get(id);
    const run = record?.run ?? null;
    if (record === null || run === null) return;
    const step = whereItIs(run);
    const safe = safeCheckpoint(run)?.name ?? null;
    show(
      record,
      'notify_asks_title',
      safe === null ? ['notify_asks_body_no_checkpoint', step] : ['notify_asks_body', step, safe],
    );
  },
  diskFills(id, { more }) {
    const record = store.get(id);
    if (record !== null) show(record, 'notify_disk_title', bodyOfFullDisk(more));
  },
  memoryFills(id, memory) {
    const record = store.get(id);
    if (record !== null) show(record, 'notify_memory_title', bodyOfMemory(memory));
  },
  fromZero(id) {
    const record = store.get(id);
    const run = record?.run ?? null;
    const from = run?.resumedFrom ?? null;
    if (record !== null && run !== null && from !== null)
      show(record, 'notify_from_zero_title', fromZeroBody(unitOf(run), from));
  },
  ended(id) {
    const record = store.get(id);
    const run = record?.run ?? null;
    if (record === null || run === null || isExercise(run)) return;
    const step = whereItIs(run);
    if (run.phase.kind === 'finished')
      show(
        record,
        'notify_finished_title',
        positionOf(run) === null ? ['notify_finished_body_no_step'] : ['notify_finished_body', step],
      );
    if (run.phase.kind !== 'stopped' || run.phase.reason.kind !== 'error') return;
    show(
      record,
      'notify_stopped_error_title',
      bodyOfError(run, shortName(run.phase.reason.name), step, knownSaves(run, record.files === 'working')),
    );
  },
});

const bodyOfFullDisk = (more: number): Body => {
  if (more === 0) return ['notify_disk_body_none'];
  return [more === 1 ? 'notify_disk_body_one' : 'notify_disk_body_other', String(more)];
};

const bodyOfMemory = ({ level, usedBytes, limitBytes, fullInMs }: MemoryView): Body => {
  const percent = String(Math.floor((usedBytes / limitBytes) * 100));
  return level === 'full' || fullInMs === null
    ? ['notify_memory_body', percent]
    : ['notify_memory_body_soon', percent, String(Math.max(1, Math.round(fullInMs / 60_000)))];
};

const fromZeroBody = (unit: Unit, from: number): Body => [
  unit === 'steps' ? 'notify_from_zero_body' : 'notify_from_zero_epochs_body',
  placePhrase(unit, from),
];

/** A training of seconds that left nothing: every run of a cell like `model.fit(x, y)` would be a notification. */
const isExercise = ({ framework, checkpoints, phase, startedAt }: Run): boolean =>
  framework !== null &&
  framework !== 'transformers' &&
  !checkpoints.some(({ origin }) => origin === 'this-run') &&
  phase.kind !== 'training' &&
  phase.at - startedAt < EXERCISE_MS;

const EXERCISE_MS = 60_000;

const ERROR_WITHOUT_SAFE = {
  seen: 'notify_stopped_error_body_no_checkpoint',
  'none-whole': 'notify_stopped_error_body_none_whole',
  checking: 'notify_stopped_error_body_saves_unknown',
  unknown: 'notify_stopped_error_body_saves_unknown',
} as const satisfies Record<KnownSaves, MessageKey>;

const bodyOfError = (run: Run, error: string, step: string, saves: KnownSaves): Body => {
  const safe = safeCheckpoint(run)?.name ?? null;
  return safe === null
    ? [ERROR_WITHOUT_SAFE[saves], error, step]
    : ['notify_stopped_error_body', error, step, safe];
};

const show = (record: Notebook, title: MessageKey, [body, ...substitutions]: Body): void => {
  void browser.notifications
    .create(record.id, {
      type: 'basic',
      iconUrl: browser.runtime.getURL('icons/128.png'),
      title: translate(title, [shortName(record.name)]),
      message: translate(body, substitutions),
    })
    .catch(() => undefined);
};

/** Brings the notebook's tab to the front; the notification's id is the notebook's. */
export const openNotebook = async (store: NotebookStore, id: string): Promise<void> => {
  await browser.notifications.clear(id);
  const tabId = store.get(id)?.tabId ?? null;
  if (tabId === null) return;
  const tab = await browser.tabs.update(tabId, { active: true });
  if (tab.windowId !== undefined) await browser.windows.update(tab.windowId, { focused: true });
};

const lastLooksMs = (record: Notebook | null): number =>
  record !== null && isColab(record.origin) ? COLAB_LAST_LOOKS_MS : LAST_LOOKS_MS;
