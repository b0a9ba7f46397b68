import * as v from 'valibot';

/** Memory for a stretch of a file. Who has been given one has it alone until it is given back. */
export type Room = Uint8Array<ArrayBuffer>;

export const roomSchema = v.custom<Room>(
  (value) => value instanceof Uint8Array && value.buffer instanceof ArrayBuffer,
);
