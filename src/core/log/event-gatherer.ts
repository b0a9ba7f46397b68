import { momentInName, type Moment } from './free-words/moment.ts';
import type { LogEvent, LogEventKind } from './log-event.ts';
import type { Announcement } from './log-format.ts';

/**
 * Makes events of announcements: one run start printed over six lines, one save printed file by file and one line
 * printed twice by two log handlers are each one event.
 */
export interface EventGatherer {
  /** Takes one announcement and returns the events that are certain now, oldest first. */
  add(announcement: Announcement, line: number, format: string): readonly LogEvent[];
  /** Line of the oldest event that waits for a further line, `null` when none does. */
  waitingSince(): number | null;
  /** Gives out what was still waiting for a further line. */
  end(): readonly LogEvent[];
}

/** Lines after which nothing more is expected about a start, resuming or end. */
const PART_WINDOW_LINES = 30;
/** The same for a save or a load, which must not be told late. */
const PATH_WINDOW_LINES = 8;
/** Lines within which two layers (a library and the tool around it) tell of the same save. */
const LAYER_WINDOW_LINES = 4;
/** Saves remembered to know their files again: a save of several parts prints them interleaved. */
const REMEMBERED_SAVES = 8;

/** What shows that no further line about a start, resuming or end will come. */
function closes(kind: LogEventKind, by: Announcement): boolean {
  switch (kind) {
    case 'train_start':
    case 'resumed':
      return by.kind === 'progress' || by.kind === 'saved' || by.kind === 'train_end';
    case 'train_end':
      // The bar of the finished run is drawn once more, at its total, before the summary.
      if (by.kind === 'progress') return typeof by.step !== 'number' || by.step !== by.total;
      return by.kind === 'train_start' || by.kind === 'saved';
    case 'saved':
    case 'loaded':
    case 'deleted':
    case 'best':
    case 'progress':
    case 'versions':
      return false;
    default:
      return kind satisfies never;
  }
}

const windowOf = (kind: LogEventKind): number =>
  kind === 'saved' || kind === 'loaded' ? PATH_WINDOW_LINES : PART_WINDOW_LINES;

const PRINTED_IN_PARTS = ['train_start', 'resumed', 'train_end'] as const;

const NO_EVENTS: readonly LogEvent[] = [];
const NO_MOMENT: Moment = {};

interface Waiting {
  readonly event: LogEvent;
  readonly lastLine: number;
}

interface Save {
  readonly path: string;
  readonly files: Map<string, number>;
}

export function createEventGatherer(): EventGatherer {
  const waiting = new Map<LogEventKind, Waiting>();
  const last = new Map<LogEventKind, { event: LogEvent; line: number; format: string }>();
  let saves: Save[] = [];

  const release = (when: (waiting: Waiting) => boolean): LogEvent[] => {
    if (waiting.size === 0) return [];
    const released = [...waiting.values()].filter(when);
    for (const { event } of released) waiting.delete(event.kind);
    return released.map(({ event }) => event).toSorted((a, b) => a.line - b.line);
  };

  const isRepeated = (event: LogEvent, format: string): boolean => {
    const before = last.get(event.kind);
    if (before === undefined) return false;
    const distance = event.line - before.line;
    const window = before.format === format || event.path === null ? 1 : LAYER_WINDOW_LINES;
    return distance <= window && isSame(before.event, event);
  };

  /** True when the file belongs to a save already announced; its name coming again later is the next save. */
  const belongsToSave = (path: string, file: string, line: number): boolean => {
    const save = saves.find((candidate) => candidate.path === path);
    if (save === undefined) return false;
    const seenAt = save.files.get(file);
    save.files.set(file, line);
    return seenAt === undefined || line - seenAt <= 1;
  };

  const rememberSave = ({ path, file }: Announcement, line: number): void => {
    if (typeof path !== 'string') return;
    const files = new Map(file === undefined ? [] : [[file, line]]);
    saves = [{ path, files }, ...saves.filter((save) => save.path !== path)].slice(0, REMEMBERED_SAVES);
  };

  const addPart = (announcement: Announcement, line: number, format: string): readonly LogEvent[] => {
    const { kind } = announcement;
    const open = waiting.get(kind);
    const merged = open === undefined ? null : merge(open.event, announcement);
    if (merged !== null) {
      waiting.set(kind, { event: merged, lastLine: line });
      last.set(kind, { event: merged, line, format });
      return release(({ event }) => event.kind === kind && isSaidInFull(event));
    }
    const event = toEvent(announcement, line);
    const before = last.get(kind);
    const repeats =
      before !== undefined && line - before.line <= 1 && merge(before.event, announcement) !== null;
    const repeatsNumber =
      before !== undefined &&
      event.step !== null &&
      event.step === before.event.step &&
      // Two layers may save the same step into different places.
      (kind !== 'saved' || before.format === format);
    if (announcement.role === 'rest' || repeats || repeatsNumber) return [];
    const closed = release((candidate) => candidate.event.kind === kind);
    waiting.set(kind, { event, lastLine: line });
    last.set(kind, { event, line, format });
    return [...closed, ...release((candidate) => candidate.event === event && isSaidInFull(event))];
  };

  const addWhole = (announcement: Announcement, line: number, format: string): readonly LogEvent[] => {
    const event = toEvent(announcement, line);
    if (event.kind === 'versions') return [event];
    const { role, path, file } = announcement;
    if (role === 'file' && typeof path === 'string' && file !== undefined) {
      if (belongsToSave(path, file, line)) return [];
    } else if (isRepeated(event, format)) {
      last.set(event.kind, { event, line, format });
      return [];
    }
    last.set(event.kind, { event, line, format });
    if (event.kind === 'saved') rememberSave(announcement, line);
    return [event];
  };

  const isOver = (kind: LogEventKind, lastLine: number, by: Announcement, line: number): boolean =>
    line - lastLine > windowOf(kind) || closes(kind, by);

  const closedBy = (announcement: Announcement, line: number): readonly LogEvent[] =>
    release(({ event, lastLine }) => isOver(event.kind, lastLine, announcement, line));

  const forgetParts = (announcement: Announcement, line: number): void => {
    for (const kind of PRINTED_IN_PARTS) {
      const known = last.get(kind);
      if (known !== undefined && isOver(kind, known.line, announcement, line)) last.delete(kind);
    }
  };

  return {
    add(announcement, line, format) {
      const closed = waiting.size === 0 ? NO_EVENTS : closedBy(announcement, line);
      if (last.size > 0) forgetParts(announcement, line);
      if (announcement.kind === 'progress') {
        const event = toEvent(announcement, line);
        return closed.length === 0 ? [event] : [...closed, event];
      }
      const isPart = announcement.role === 'part' || announcement.role === 'rest';
      return [...closed, ...(isPart ? addPart : addWhole)(announcement, line, format)];
    },
    waitingSince: () =>
      waiting.size === 0 ? null : Math.min(...[...waiting.values()].map(({ event }) => event.line)),
    end: () => release(() => true),
  };
}

/** What ends the waiting: nothing a later line could add is worth a delay. */
function isSaidInFull(event: LogEvent): boolean {
  switch (event.kind) {
    case 'train_start':
      return event.total !== null;
    case 'saved':
      return event.path !== null;
    case 'train_end':
    case 'resumed':
    case 'deleted':
    case 'best':
    case 'loaded':
    case 'progress':
    case 'versions':
      return event.step !== null;
    default:
      return event.kind satisfies never;
  }
}

/** Built by hand, as it is done for each line of progress. */
function toEvent(announcement: Announcement, line: number): LogEvent {
  const { kind, pathInContext, loss, stepsPerSecond, packages, skipping } = announcement;
  const path = announcement.path ?? null;
  // What the line itself says goes before what the name of the file says.
  const named = path === null ? NO_MOMENT : momentInName(path);
  const step = announcement.step ?? named.step ?? null;
  const epoch = announcement.epoch ?? named.epoch ?? null;
  const total = announcement.total ?? null;
  const event: { -readonly [Key in keyof LogEvent]: LogEvent[Key] } =
    loss === undefined
      ? { kind, path, step, epoch, total, line }
      : { kind, path, step, epoch, total, line, loss };
  if (pathInContext !== undefined) event.pathInContext = pathInContext;
  if (stepsPerSecond !== undefined) event.stepsPerSecond = stepsPerSecond;
  if (packages !== undefined) event.packages = packages;
  if (skipping !== undefined) event.skipping = skipping;
  return event;
}

function isSame(a: LogEvent, b: LogEvent): boolean {
  return a.path === b.path && a.step === b.step && a.epoch === b.epoch && a.total === b.total;
}

/** The event with what the announcement adds to it; `null` when they contradict each other. */
function merge(event: LogEvent, announcement: Announcement): LogEvent | null {
  const { path = null, step = null, epoch = null, total = null } = announcement;
  const agrees =
    agree(event.path, path) &&
    agree(event.step, step) &&
    agree(event.epoch, epoch) &&
    agree(event.total, total);
  if (!agrees) return null;
  const added = toEvent(announcement, event.line);
  return {
    ...added,
    ...event,
    path: event.path ?? path,
    step: event.step ?? added.step,
    epoch: event.epoch ?? added.epoch,
    total: event.total ?? total,
  };
}

const agree = <T>(a: T | null, b: T | null): boolean => a === null || b === null || a === b;
