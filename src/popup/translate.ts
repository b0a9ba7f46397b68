import type { MessageKey } from '../protocol/messages-key.ts';

/** Gives the sentence of a key, with its placeholders filled in the order `$1`, `$2`, … */
export type Translate = (key: MessageKey, substitutions?: readonly string[]) => string;
