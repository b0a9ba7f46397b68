import type { ActionRefusal, PopupActionReply } from '../protocol/popup-transport.ts';

export const DONE: PopupActionReply = { kind: 'done' };

export const refused = (reason: ActionRefusal): PopupActionReply => ({ kind: 'refused', reason });
