import * as v from 'valibot';
import type { Room } from '../protocol/room.ts';
import type { Checksums, FileChecksums } from './checksums.ts';
import { hashAnswerSchema, type HashAnswer, type HashOrder } from './hash-message.ts';

/** Checksums over one file after another, for who does something else meanwhile. */
export interface Hasher {
  /** Takes the first bytes of a room and gives the room back when they are done with. Rooms come back in their order. */
  readonly take: (room: Room, bytes: number) => Promise<Room>;
  /** The checksums of all that was taken since the last time. */
  readonly finish: () => Promise<FileChecksums>;
}

/** On the thread of who asks. */
export const hashHere = (checksums: Checksums): Hasher => ({
  take: async (room, bytes) => {
    checksums.update(room.subarray(0, bytes));
    return room;
  },
  finish: async () => checksums.finish(),
});

/** A hasher on a thread of its own, until it is ended. */
export interface HasherBeside extends Hasher {
  readonly end: () => void;
}

/**
 * Hashing takes as long as receiving and writing together (a gigabyte in three seconds of one core), so it goes on beside
 * them. Rooms are handed over, not copied.
 */
export const hashBeside = (): HasherBeside => {
  const worker = new Worker(new URL('hash-worker.ts', import.meta.url), {
    type: 'module',
    name: 'holdfast-hash',
  });
  const waiting: { readonly resolve: (answer: HashAnswer) => void; readonly reject: (why: Error) => void }[] =
    [];
  const failAll = (why: string): void => {
    for (const { reject } of waiting.splice(0)) reject(new Error(why));
  };
  worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const answer = v.safeParse(hashAnswerSchema, data);
    waiting.shift()?.resolve(answer.success ? answer.output : { kind: 'failed', said: 'not understood' });
  });
  worker.addEventListener('error', ({ message }) => failAll(`the hashing ended: ${message}`));

  const ask = (order: HashOrder, handOver: Transferable[]): Promise<HashAnswer> =>
    new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      worker.postMessage(order, handOver);
    });
  return {
    take: async (room, bytes) => {
      const answer = await ask({ kind: 'take', room, bytes }, [room.buffer]);
      if (answer.kind === 'taken') return answer.room;
      throw failed(answer);
    },
    finish: async () => {
      const answer = await ask({ kind: 'finish' }, []);
      if (answer.kind === 'finished') return { crc32: answer.crc32, sha256: answer.sha256 };
      throw failed(answer);
    },
    end: () => {
      worker.terminate();
      failAll('the hashing was ended');
    },
  };
};

const failed = (answer: HashAnswer): Error =>
  new Error(answer.kind === 'failed' ? `hashing failed: ${answer.said}` : `hashing answered ${answer.kind}`);
