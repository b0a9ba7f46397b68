import messages from '../../public/_locales/en/messages.json' with { type: 'json' };
import type { MessageKey } from '../protocol/messages-key.ts';

interface MessageEntry {
  readonly message: string;
  readonly placeholders?: Readonly<Record<string, { readonly content: string }>>;
}

/**
 * Translates from the messages file itself, as the browser would. For the gallery and the tests, where no
 * browser does it; a wrong number of substitutions throws here, where the browser would stay silent.
 */
export const translateFromFile = (key: MessageKey, substitutions: readonly string[] = []): string => {
  const entry: MessageEntry = messages[key];
  const placeholders = new Map(Object.entries(entry.placeholders ?? {}));
  if (placeholders.size !== substitutions.length)
    throw new RangeError(`${key} takes ${placeholders.size} substitutions, got ${substitutions.length}`);
  return entry.message.replaceAll(/\$(\w+)\$/g, (_, name: string) => {
    const content = placeholders.get(name.toLowerCase())?.content ?? '';
    return substitutions[Number(content.slice(1)) - 1] ?? '';
  });
};

/** The same with marks around it: what is on the screen without them did not come from the messages file. */
export const translateMarked = (key: MessageKey, substitutions: readonly string[] = []): string =>
  key === 'ui_locale' ? translateFromFile(key) : `⟦${translateFromFile(key, substitutions)}⟧`;
