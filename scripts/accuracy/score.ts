import type { LogEvent } from '../../src/core/log/log-event.ts';
import type { Excerpt, ExpectedEvent } from './corpus.ts';

/** One event of an excerpt: found, missed, or told although nothing of the kind is there. */
export interface Verdict {
  readonly outcome: 'found' | 'missed' | 'false';
  readonly kind: LogEvent['kind'];
  readonly framework: string;
  /** The excerpt, and the line in it, counted from 0. */
  readonly id: string;
  readonly line: number;
  readonly what: ExpectedEvent | LogEvent;
}

const isRightKind = (told: LogEvent, { kind, accept }: ExpectedEvent): boolean =>
  [kind, ...accept].some((right) => right === told.kind);

const isRightLine = (told: LogEvent, { line, alt_lines: others }: ExpectedEvent): boolean =>
  told.line === line || others.includes(told.line);

/** An event is right when its kind, its line, its path and its step are; the epoch is not asked for. */
const isRight = (told: LogEvent, expected: ExpectedEvent): boolean =>
  isRightKind(told, expected) &&
  isRightLine(told, expected) &&
  (expected.optional || (told.path === expected.path && told.step === expected.step));

/**
 * What was told about an excerpt against what is there. An event told twice, at two lines that both announce it, is one
 * event; an optional one counts neither way, whatever was read in it.
 */
export const score = (excerpt: Excerpt, events: readonly LogEvent[]): readonly Verdict[] => {
  const { id, framework, expect } = excerpt;
  const found = expect
    .filter(({ optional }) => !optional)
    .map((expected): Verdict => ({
      outcome: events.some((told) => isRight(told, expected)) ? 'found' : 'missed',
      kind: expected.kind,
      framework,
      id,
      line: expected.line,
      what: expected,
    }));
  const wrong = events
    .filter((told) => !expect.some((expected) => isRight(told, expected)))
    .map((told): Verdict => ({
      outcome: 'false',
      kind: told.kind,
      framework,
      id,
      line: told.line,
      what: told,
    }));
  return [...found, ...wrong];
};

export interface Tally {
  readonly found: number;
  readonly missed: number;
  readonly wrong: number;
}

export const tally = (verdicts: readonly Verdict[]): Tally => {
  const count = (outcome: Verdict['outcome']) => verdicts.filter((one) => one.outcome === outcome).length;
  return { found: count('found'), missed: count('missed'), wrong: count('false') };
};

/** Share of the events there are that were told; 1 where there are none. */
export const recall = ({ found, missed }: Tally): number =>
  found + missed === 0 ? 1 : found / (found + missed);

/** Share of the events told that are there; 1 where none were told. */
export const precision = ({ found, wrong }: Tally): number =>
  found + wrong === 0 ? 1 : found / (found + wrong);
