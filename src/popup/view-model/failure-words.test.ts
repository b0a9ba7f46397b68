import { describe, expect, it } from 'vitest';
import type { ServerTrouble } from '../../protocol/server-trouble.ts';
import { translateFromFile as t } from '../translate-file.ts';
import { failureSentence } from './failure-words.ts';

/** Every kind at least once; the compiler misses one that is not here. */
const EVERY: { readonly [Kind in ServerTrouble['kind']]: readonly Extract<ServerTrouble, { kind: Kind }>[] } =
  {
    'signed-out': [{ kind: 'signed-out' }],
    forbidden: [{ kind: 'forbidden' }],
    'cross-site': [{ kind: 'cross-site' }],
    'not-found': [{ kind: 'not-found' }],
    conflict: [{ kind: 'conflict' }],
    'disk-full': [{ kind: 'disk-full' }],
    'too-large': [{ kind: 'too-large' }],
    'too-many-requests': [
      { kind: 'too-many-requests', retryAfterMs: null },
      { kind: 'too-many-requests', retryAfterMs: 7000 },
    ],
    'server-error': [{ kind: 'server-error', status: 502 }],
    'server-stopped': [{ kind: 'server-stopped' }],
    unreachable: [{ kind: 'unreachable' }],
    stalled: [{ kind: 'stalled', afterMs: 30_000 }],
    'not-understood': [{ kind: 'not-understood', status: 418 }],
    aborted: [{ kind: 'aborted' }],
    'no-range': [{ kind: 'no-range' }],
    corrupted: [{ kind: 'corrupted' }],
    'tree-too-large': [
      { kind: 'tree-too-large', bound: 'entries', most: 20_000 },
      { kind: 'tree-too-large', bound: 'depth', most: 8 },
    ],
    'no-server': [{ kind: 'no-server' }],
  };

describe('failureSentence', () => {
  const troubles = Object.values(EVERY).flat();
  const sentences = troubles.map((trouble) => failureSentence(t, trouble));

  it('has a sentence of its own for every kind', () => {
    expect(new Set(sentences).size).toBe(troubles.length);
    for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });

  it('says what is known', () => {
    const told = (kind: ServerTrouble['kind']) =>
      EVERY[kind].map((trouble) => failureSentence(t, trouble)).join(' ');
    expect(told('server-error')).toContain('502');
    expect(told('not-understood')).toContain('418');
    expect(told('stalled')).toContain('30 s');
    expect(told('too-many-requests')).toContain('7 s');
    expect(told('tree-too-large')).toMatch(/20000.* 8 /);
  });
});
