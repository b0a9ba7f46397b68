import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import messages from '../../public/_locales/en/messages.json' with { type: 'json' };

interface Entry {
  readonly message: string;
  readonly description: string;
  readonly placeholders?: Readonly<Record<string, { readonly content: string; readonly example: string }>>;
}
const entries: readonly (readonly [string, Entry])[] = Object.entries(messages);

const root = fileURLToPath(new URL('../../', import.meta.url));
const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
  .map((path) => readFileSync(join(root, 'src', path), 'utf8'))
  .join('\n');
const manifest = readFileSync(join(root, 'manifest.json'), 'utf8');

/** The background composes the keys of a loss from its kind: `wordsOf('kernel_died')`. */
const LOSS_KEY = /^notify_(\w+?)_(?:title|body|body_no_checkpoint)$/;

const isUsed = (key: string): boolean => {
  const base = key.replace(/_(one|other)$/, '');
  const loss = LOSS_KEY.exec(key)?.[1];
  return (
    sources.includes(`'${key}'`) ||
    sources.includes(`'${base}'`) ||
    (loss !== undefined && sources.includes(`wordsOf('${loss}')`)) ||
    manifest.includes(`__MSG_${key}__`)
  );
};

describe('messages.json', () => {
  it('has no sentence that nothing says', () => {
    expect(entries.map(([key]) => key).filter((key) => !isUsed(key))).toEqual([]);
  });

  it('describes every sentence, and its placeholders match', () => {
    for (const [key, { message, description, placeholders }] of entries) {
      expect(description, key).not.toBe('');
      const inMessage = [...message.matchAll(/\$(\w+)\$/g)].map(([, name]) => name?.toLowerCase());
      expect(new Set(inMessage), key).toEqual(new Set(Object.keys(placeholders ?? {})));
      const contents = Object.values(placeholders ?? {}).map(({ content }) => content);
      expect(contents, key).toEqual(contents.map((_, index) => `$${index + 1}`));
    }
  });

  it('speaks as the house does', () => {
    const jargon = /!|\boops\b|OPFS|MV3|\btap\b|service worker/i;
    expect(entries.filter(([, { message }]) => jargon.test(message))).toEqual([]);
  });

  it('every plural has both forms with the same placeholders', () => {
    const plurals = entries.filter(([key]) => /_(one|other)$/.test(key));
    expect(plurals.length).toBeGreaterThan(0);
    for (const [key, { placeholders }] of plurals) {
      const sibling = key.endsWith('_one') ? key.replace(/_one$/, '_other') : key.replace(/_other$/, '_one');
      const other = new Map(entries).get(sibling);
      expect(Object.keys(other?.placeholders ?? {}), sibling).toEqual(Object.keys(placeholders ?? {}));
    }
  });

  it('fits where the stores and the notebook put it', () => {
    expect(messages.extension_description.message.length).toBeLessThanOrEqual(132);
    expect(messages.cell_comment_resume.message).toMatch(/^Holdfast/);
  });
});
