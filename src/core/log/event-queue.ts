import type { EventGatherer } from './event-gatherer.ts';
import type { LogEvent } from './log-event.ts';

/** Events on their way to the caller. */
export interface EventQueue {
  add(events: readonly LogEvent[]): void;
  take(): readonly LogEvent[];
}

/** Gives events out as they come. */
export function createQueue(): EventQueue {
  let events: LogEvent[] = [];
  return {
    add(added) {
      for (const event of added) events.push(event);
    },
    take() {
      const taken = events;
      events = [];
      return taken;
    },
  };
}

/** A line with a million announcements must not wait for the one before it. */
const SORTED_QUEUE_LIMIT = 10_000;

/** Gives events out in the order of their lines: what stands behind an event that is still waiting stays back. */
export function createSortedQueue(gatherer: Pick<EventGatherer, 'waitingSince' | 'end'>): EventQueue {
  let events: LogEvent[] = [];
  let ready: LogEvent[] = [];
  const moveReady = (): void => {
    if (events.length > SORTED_QUEUE_LIMIT) events.push(...gatherer.end());
    const waitingLine = gatherer.waitingSince() ?? Infinity;
    const sorted = events.toSorted((a, b) => a.line - b.line);
    ready.push(...sorted.filter((event) => event.line < waitingLine));
    events = sorted.filter((event) => event.line >= waitingLine);
  };
  return {
    add(added) {
      if (added.length === 0) return;
      events.push(...added);
      if (gatherer.waitingSince() === null || events.length > SORTED_QUEUE_LIMIT) moveReady();
    },
    take() {
      moveReady();
      const taken = ready;
      ready = [];
      return taken;
    },
  };
}
