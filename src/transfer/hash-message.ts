import * as v from 'valibot';
import { roomSchema } from '../protocol/room.ts';

/** To the worker that hashes. Each order has one answer, in the order of the orders. */
export const hashOrderSchema = v.variant('kind', [
  /** The first `bytes` of the room are the next of the file. */
  v.object({ kind: v.literal('take'), room: roomSchema, bytes: v.number() }),
  /** The file is at its end; what is taken next begins a new one. */
  v.object({ kind: v.literal('finish') }),
]);
export type HashOrder = v.InferOutput<typeof hashOrderSchema>;

export const hashAnswerSchema = v.variant('kind', [
  /** The room is free again. */
  v.object({ kind: v.literal('taken'), room: roomSchema }),
  v.object({ kind: v.literal('finished'), crc32: v.number(), sha256: v.string() }),
  v.object({ kind: v.literal('failed'), said: v.string() }),
]);
export type HashAnswer = v.InferOutput<typeof hashAnswerSchema>;
