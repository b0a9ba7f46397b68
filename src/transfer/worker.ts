import * as v from 'valibot';
import { workerOrderSchema } from '../protocol/transfer-message.ts';
import { ownVault } from '../vault/vault.ts';
import { createLiveZips } from './live-zips.ts';
import { createTaskBoard } from './task-board.ts';

/** The dedicated worker that moves bytes. Its page hands orders in and reports out, and opens the way to the downloads. */
const vault = ownVault();
const lives = createLiveZips(vault, (door) => postMessage(door, { transfer: [door.port] }));
const board = createTaskBoard(vault, lives, (report) => postMessage(report));

addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const order = v.safeParse(workerOrderSchema, data);
  if (order.success) board.take(order.output);
});
