import * as v from 'valibot';
import { roomSchema } from './room.ts';

/**
 * A zip that goes to the downloads while it is made: the worker writes it into a port, and the background gives what comes
 * out of it as the answer to a request for an address of our own, which the browser takes for a download.
 */

/** The worker → its page → the background. */
export const zipDoorSchema = v.object({
  kind: v.literal('zip-door'),
  id: v.string(),
  fileName: v.string(),
  port: v.instance(MessagePort),
});
export type ZipDoor = v.InferOutput<typeof zipDoorSchema>;

/** Into the port, each in answer to a pull. */
export const zipFeedSchema = v.variant('kind', [
  v.object({ kind: v.literal('bytes'), room: roomSchema, bytes: v.number() }),
  v.object({ kind: v.literal('end') }),
  /** There will be no whole archive: the browser must not take it for one. */
  v.object({ kind: v.literal('void') }),
]);
export type ZipFeed = v.InferOutput<typeof zipFeedSchema>;

/** Out of the port. */
export const zipPullSchema = v.variant('kind', [
  /** The next bytes are wanted. The room of those before is given back with it. */
  v.object({ kind: v.literal('pull'), room: v.nullable(roomSchema) }),
  /** Nobody takes them any more: the download was stopped. */
  v.object({ kind: v.literal('stopped') }),
]);
export type ZipPull = v.InferOutput<typeof zipPullSchema>;

/** Below the extension's own address. */
export const ZIP_DOOR_PATH = '/zip-on-its-way/';
export const zipDoorPath = (id: string): string => `${ZIP_DOOR_PATH}${id}`;
