import { trainingCells } from '../source/read-training.ts';
import type { CellSource } from '../source/training-source.ts';
import { cellTitle, sourceHash } from './cell-title.ts';
import { isOwnBesideSetup } from './holdfast-cell.ts';
import type { PackageVersions } from './package-versions.ts';
import { canRunBeside } from './setup-beside.ts';
import { setupMark, type SetupMark } from './setup-mark.ts';

/** One version of a cell that ran well in this kernel life. Times are milliseconds since the epoch. */
export interface SetupRun {
  readonly cellId: string;
  /** Of the source that ran; the source itself is not kept. */
  readonly hash: string;
  readonly title: string;
  /** `training`: it trains by itself. `holdfast`: Holdfast wrote it, to resume. Neither is setup. */
  readonly role: 'setup' | 'training' | 'holdfast';
  /** When any version of this cell first ran well. */
  readonly cellFirstRanAt: number;
  readonly firstStartedAt: number;
  readonly firstEndedAt: number;
  readonly lastStartedAt: number;
  readonly tookMs: number;
}

/** Which cells ran in one life of the kernel. Plain data; small enough to be stored after every cell. */
export interface SetupRecord {
  readonly runs: readonly SetupRun[];
  /** Runs that were not kept because the record was full. */
  readonly dropped: number;
  /** Versions of packages that the outputs of its cells showed; the newest word of each counts. */
  readonly packages: PackageVersions;
}

/** The record of a new kernel life. */
export const emptySetupRecord: SetupRecord = { runs: [], dropped: 0, packages: {} };

export interface Execution {
  readonly cellId: string;
  readonly source: string;
  /** Whether it ended without an error. */
  readonly ok: boolean;
  readonly startedAt: number;
  readonly endedAt: number;
}

const maxRuns = 500;

/** The record with one more execution. Failed and empty cells leave it as it is. */
export function noteExecution(record: SetupRecord, execution: Execution): SetupRecord {
  const { cellId, source, startedAt, endedAt } = execution;
  if (!execution.ok || source.trim() === '') return record;
  const hash = sourceHash(source);
  const tookMs = Math.max(0, endedAt - startedAt);
  const index = record.runs.findIndex((run) => run.cellId === cellId && run.hash === hash);
  const known = record.runs[index];
  if (known !== undefined) {
    const runs = record.runs.with(index, { ...known, lastStartedAt: startedAt, tookMs });
    return { ...record, runs };
  }
  const room = makeRoom(record.runs, cellId);
  if (room === null) return { ...record, dropped: record.dropped + 1 };
  const earlier = record.runs.find((run) => run.cellId === cellId);
  const run: SetupRun = {
    cellId,
    hash,
    title: cellTitle(source),
    role: roleOf(cellId, source),
    cellFirstRanAt: earlier?.cellFirstRanAt ?? startedAt,
    firstStartedAt: startedAt,
    firstEndedAt: endedAt,
    lastStartedAt: startedAt,
    tookMs,
  };
  return { ...record, runs: [...room, run] };
}

/** The record with versions that an output of a cell showed. */
export const notePackages = (record: SetupRecord, seen: PackageVersions): SetupRecord =>
  Object.entries(seen).every(([name, version]) => record.packages[name] === version)
    ? record
    : { ...record, packages: { ...record.packages, ...seen } };

function roleOf(cellId: string, source: string): SetupRun['role'] {
  if (isOwnBesideSetup(source)) return 'holdfast';
  return trainingCells([{ id: cellId, source }]).has(cellId) ? 'training' : 'setup';
}

/**
 * A full record gives up an older version of a cell that was edited and run again, never a cell's only run: the first
 * cells of a notebook (imports, model) are the ones a recovery needs most.
 */
function makeRoom(runs: readonly SetupRun[], cellId: string): readonly SetupRun[] | null {
  if (runs.length < maxRuns) return runs;
  const latest = new Map(runs.map((run) => [run.cellId, run.hash]));
  latest.delete(cellId);
  const index = runs.findIndex((run) => latest.get(run.cellId) !== run.hash);
  return index === -1 ? null : runs.toSpliced(index, 1);
}

/** A cell to run again before the resume cell. */
export interface SetupCell {
  readonly cellId: string;
  readonly title: string;
  /** Against the notebook as it is now: `missing` when the cell was deleted. */
  readonly state: 'same' | 'changed' | 'missing';
  /** How long it ran the last time; `null` when that was not seen. */
  readonly tookMs: number | null;
  readonly mark: SetupMark | null;
  /** Whether it can run while a checkpoint is put back, see `canRunBeside`. */
  readonly beside: boolean;
}

export interface SetupCells {
  /** `record`: seen to run. `notebook`: nothing was recorded, so these are the cells above the training cell. */
  readonly from: 'record' | 'notebook';
  readonly cells: readonly SetupCell[];
  /** Other cells that train and ran (or stand) before: left out, for running them would train again. */
  readonly otherTraining: readonly SetupCell[];
  /** Whether the record was full, so that cells may be missing. */
  readonly isPartial: boolean;
}

/**
 * The cells that ran well before the training cell began, in the order in which they first did, each once and as it
 * ran last. Without the training cell, without cells written by Holdfast.
 */
export function setupCells(
  record: SetupRecord,
  trainingCellId: string,
  trainingStartedAt: number,
  currentCells: readonly CellSource[],
): SetupCells {
  const training = trainingCells(currentCells);
  const before = record.runs.filter(
    (run) => run.cellId !== trainingCellId && run.firstEndedAt <= trainingStartedAt,
  );
  if (before.length === 0) return cellsAbove(trainingCellId, currentCells, training);
  const sources = new Map(currentCells.map(({ id, source }) => [id, source]));
  const cells: SetupCell[] = [];
  const otherTraining: SetupCell[] = [];
  for (const run of latestVersions(before, trainingStartedAt)) {
    const source = sources.get(run.cellId);
    if (run.role === 'holdfast' || (source !== undefined && isOwnBesideSetup(source))) continue;
    const state = source === undefined ? 'missing' : sourceHash(source) === run.hash ? 'same' : 'changed';
    const { cellId, title, tookMs } = run;
    const text = source ?? '';
    const cell: SetupCell = {
      cellId,
      title,
      state,
      tookMs,
      mark: setupMark(text),
      beside: canRunBeside(text),
    };
    const trains = run.role === 'training' || training.has(run.cellId);
    (trains ? otherTraining : cells).push(cell);
  }
  return { from: 'record', cells, otherTraining, isPartial: record.dropped > 0 };
}

/** Of each cell the version that ran last before `until`, in the order in which the cells first ran. */
function latestVersions(runs: readonly SetupRun[], until: number): readonly SetupRun[] {
  const ranAt = (run: SetupRun): number =>
    run.lastStartedAt < until ? run.lastStartedAt : run.firstStartedAt;
  const latest = new Map<string, SetupRun>();
  for (const run of runs) {
    const other = latest.get(run.cellId);
    if (other === undefined || ranAt(run) >= ranAt(other)) latest.set(run.cellId, run);
  }
  return [...latest.values()].sort((one, other) => one.cellFirstRanAt - other.cellFirstRanAt);
}

/** The fallback: cells with text above the training cell, in the order of the notebook. */
function cellsAbove(
  trainingCellId: string,
  currentCells: readonly CellSource[],
  training: ReadonlySet<string>,
): SetupCells {
  const index = currentCells.findIndex(({ id }) => id === trainingCellId);
  const above = currentCells
    .slice(0, Math.max(0, index))
    .filter(({ source }) => source.trim() !== '' && !isOwnBesideSetup(source));
  const describe = ({ id, source }: CellSource): SetupCell => ({
    cellId: id,
    title: cellTitle(source),
    state: 'same',
    tookMs: null,
    mark: setupMark(source),
    beside: canRunBeside(source),
  });
  return {
    from: 'notebook',
    cells: above.filter(({ id }) => !training.has(id)).map(describe),
    otherTraining: above.filter(({ id }) => training.has(id)).map(describe),
    isPartial: false,
  };
}
