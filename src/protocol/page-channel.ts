import * as v from 'valibot';
import { pageCommandReplySchema, pageCommandSchema } from './page-command.ts';

/** Tag on the one window message by which the two halves inside a page find each other. */
export const CHANNEL_TAG = 'holdfast-channel-1';

/** The page's script came up and wants a line; the content script may have come first or second. */
export const channelRequestSchema = v.object({ tag: v.literal(CHANNEL_TAG), want: v.literal('port') });
export const channelOfferSchema = v.object({ tag: v.literal(CHANNEL_TAG), want: v.literal('none') });

/** From the page's world to the content script, over the port. */
export const fromPageSchema = v.variant('kind', [
  // Each event is checked by itself, so that one that is refused does not take the others with it.
  v.object({ kind: v.literal('events'), events: v.pipe(v.array(v.unknown()), v.maxLength(1000)) }),
  v.object({ kind: v.literal('reply'), id: v.number(), reply: pageCommandReplySchema }),
]);
export type FromPage = v.InferOutput<typeof fromPageSchema>;

/** From the content script to the page's world, over the port. */
export const toPageSchema = v.variant('kind', [
  v.object({ kind: v.literal('command'), id: v.number(), command: pageCommandSchema }),
]);
export type ToPage = v.InferOutput<typeof toPageSchema>;
