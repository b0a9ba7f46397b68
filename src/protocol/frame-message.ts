import * as v from 'valibot';
import { logEventSchema, tableSightingSchema } from './page-event.ts';

/** Output frame → background. The sender's address says which frame it is. */
export const frameMessageSchema = v.object({
  kind: v.literal('frame-output'),
  events: v.pipe(v.array(logEventSchema), v.maxLength(200)),
  table: v.nullable(tableSightingSchema),
  /** The last line of a traceback that is shown. */
  error: v.nullable(v.pipe(v.string(), v.maxLength(2000))),
});
export type FrameMessage = v.InferOutput<typeof frameMessageSchema>;

/** The answer: whether the frame is needed. Where the kernel is heard it is not, and falls silent. */
export const frameReplySchema = v.object({ read: v.boolean() });
export type FrameReply = v.InferOutput<typeof frameReplySchema>;
