import * as v from 'valibot';
import type { Room } from '../protocol/room.ts';
import { zipPullSchema, type ZipFeed } from '../protocol/zip-door.ts';

/** Writes an archive into a port, as fast as the other side takes it. What is written side by side goes in the order of the asking. */
export interface Feed {
  /** Writes the first bytes of a room; gives the room, or another like it, back. */
  readonly write: (room: Room, bytes: number) => Promise<Room>;
  /** All was written: resolves when all was taken, with `false` when it was not. */
  readonly end: () => Promise<boolean>;
  /** There will be no whole archive. */
  readonly stop: () => void;
  /** Whether all that was written has been taken, or will be. */
  readonly isTaken: () => boolean;
}

/** Who takes nothing for that long is not waited for: what else there is to do must go on. */
const PATIENCE_MS = 5000;

export const openFeed = (port: MessagePort): Feed => {
  const state: {
    over: boolean;
    /** Pulls that nothing was written for yet: one at most. */
    pulled: boolean;
    wanted: (() => void) | null;
    back: ((room: Room | null) => void) | null;
  } = { over: false, pulled: false, wanted: null, back: null };

  const stop = (): void => {
    if (state.over) return;
    state.over = true;
    port.postMessage({ kind: 'void' } satisfies ZipFeed);
    port.close();
    state.wanted?.();
    state.back?.(null);
  };
  port.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const pull = v.safeParse(zipPullSchema, data);
    if (!pull.success || pull.output.kind === 'stopped') return stop();
    state.back?.(pull.output.room);
    state.back = null;
    state.pulled = true;
    state.wanted?.();
  });
  port.start();

  const inTime = async <T>(answer: Promise<T>): Promise<T> => {
    const timer = setTimeout(stop, PATIENCE_MS);
    return answer.finally(() => clearTimeout(timer));
  };
  const pull = async (): Promise<void> => {
    if (!state.pulled && !state.over)
      await inTime(
        new Promise<void>((resolve) => {
          state.wanted = resolve;
        }),
      );
    state.pulled = false;
    state.wanted = null;
  };
  const send = async (feed: ZipFeed, handOver: Transferable[]): Promise<Room | null> => {
    const back = new Promise<Room | null>((resolve) => {
      state.back = resolve;
    });
    port.postMessage(feed, handOver);
    return inTime(back);
  };

  const write = async (room: Room, bytes: number): Promise<Room> => {
    if (bytes === 0) return room;
    await pull();
    if (state.over) return room;
    const size = room.length;
    return (await send({ kind: 'bytes', room, bytes }, [room.buffer])) ?? new Uint8Array(size);
  };
  const end = async (): Promise<boolean> => {
    await pull();
    if (state.over) return false;
    state.over = true;
    port.postMessage({ kind: 'end' } satisfies ZipFeed);
    return true;
  };
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = async <T>(next: () => Promise<T>): Promise<T> => {
    const before = last;
    const turn = (async () => {
      await before;
      return next();
    })();
    last = turn.catch(() => undefined);
    return turn;
  };
  return {
    write: (room, bytes) => inTurn(() => write(room, bytes)),
    end: () => inTurn(end),
    stop,
    isTaken: () => !state.over,
  };
};
