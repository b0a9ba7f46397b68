import type { MessageKey } from '../protocol/messages-key.ts';
import { browser } from './browser.ts';

/** A sentence of the messages file in the browser's language, its placeholders filled in order. */
export const translate = (key: MessageKey, substitutions: readonly string[] = []): string =>
  browser.i18n.getMessage(key, [...substitutions]);
