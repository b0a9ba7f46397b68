import * as v from 'valibot';
import { createChecksums } from './checksums.ts';
import { hashOrderSchema, type HashAnswer } from './hash-message.ts';

/** The dedicated worker beside the one that moves bytes: it does nothing but hash them. */
const loading = createChecksums();

const answer = (data: HashAnswer, handOver: Transferable[] = []): void =>
  postMessage(data, { transfer: handOver });

const take = async (data: unknown): Promise<void> => {
  try {
    const order = v.parse(hashOrderSchema, data);
    // Orders that came while it was loading go on in their order.
    const checksums = await loading;
    if (order.kind === 'finish') return answer({ kind: 'finished', ...checksums.finish() });
    checksums.update(order.room.subarray(0, order.bytes));
    answer({ kind: 'taken', room: order.room }, [order.room.buffer]);
  } catch (error) {
    answer({ kind: 'failed', said: String(error) });
  }
};

addEventListener('message', ({ data }: MessageEvent<unknown>) => void take(data));
