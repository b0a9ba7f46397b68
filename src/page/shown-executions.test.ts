import { describe, expect, it } from 'vitest';
import type { ShownSighting } from '../platforms/platform.ts';
import type { PageEvent } from '../protocol/page-event.ts';
import { createShownExecutions } from './shown-executions.ts';

const output = (...texts: string[]): ShownSighting => ({
  kind: 'output',
  cellId: 'train',
  output: { texts, table: '', error: null },
});
const began: ShownSighting = { kind: 'cell-began', cellId: 'train', source: 'trainer.train()', count: 3 };
const ended = (how: { failed: boolean; certain: boolean }): ShownSighting => ({
  kind: 'cell-ended',
  cellId: 'train',
  ...how,
});

const play = (...sightings: ShownSighting[]): PageEvent[] => {
  const events: PageEvent[] = [];
  const shown = createShownExecutions(
    (event) => events.push(event),
    () => 7,
  );
  for (const sighting of sightings) shown.take('drive/x', 'm-1', sighting);
  return events;
};
const kinds = (events: readonly PageEvent[]): string[] =>
  events.map((event) => (event.kind === 'kernel' ? `kernel ${event.sighting}` : event.kind));

describe('executions as a page shows them', () => {
  it('begin, say what they print, and end', () => {
    const events = play(
      began,
      output('Saving model checkpoint to outputs/checkpoint-10\n'),
      output('Saving model checkpoint to outputs/checkpoint-10\n'),
      ended({ failed: false, certain: true }),
    );
    expect(kinds(events)).toEqual([
      'kernel connected',
      'execution-started',
      'output',
      'execution-ended',
      'kernel answers',
    ]);
  });

  it('have the same id when the page is loaded anew, and another for another run', () => {
    const idOf = (sighting: ShownSighting): string => {
      const event = play(sighting).find(({ kind }) => kind === 'execution-started');
      return event?.kind === 'execution-started' ? event.executionId : '';
    };
    expect(idOf(began)).toBe(idOf({ ...began }));
    expect(idOf({ ...began, count: 4 })).not.toBe(idOf(began));
  });

  it('fail without a name, which an output frame may tell', () => {
    const last = play(began, ended({ failed: true, certain: true })).at(-1);
    expect(last).toMatchObject({ kind: 'execution-ended', error: { name: '', message: '' } });
  });

  it('are not said to have ended when the kernel may have died', () => {
    expect(kinds(play(began, ended({ failed: false, certain: false })))).toEqual([
      'kernel connected',
      'execution-started',
      'kernel answers',
    ]);
  });
});
