import { beforeEach, describe, expect, test, vi } from 'vitest';
import { identifyRequestsTo } from './request-identity.ts';

/** Behaves as the browser's session rules do: removes first, then adds; two rules of one id are refused. */
const fake = vi.hoisted(() => ({ rules: new Map<number, unknown>(), refuse: '' }));
vi.mock('./browser.ts', () => ({
  browser: {
    runtime: { getURL: (path: string) => `chrome-extension://abcdefghijklmnop/${path}` },
    declarativeNetRequest: {
      updateSessionRules: async (change: { removeRuleIds?: number[]; addRules?: { id: number }[] }) => {
        if (fake.refuse !== '') throw new Error(fake.refuse);
        for (const id of change.removeRuleIds ?? []) fake.rules.delete(id);
        for (const rule of change.addRules ?? []) {
          if (fake.rules.has(rule.id) || rule.id < 1) throw new Error(`Rule id ${rule.id}`);
          fake.rules.set(rule.id, rule);
        }
      },
    },
  },
}));

beforeEach(() => {
  fake.rules.clear();
  fake.refuse = '';
});

describe('request identity', () => {
  test('concerns our own fetches and sockets to that one origin', async () => {
    await identifyRequestsTo('http://localhost:8888');
    const rule = (urlFilter: string, type: string): unknown => ({
      id: expect.any(Number),
      condition: { urlFilter, initiatorDomains: ['abcdefghijklmnop'], resourceTypes: [type] },
      action: {
        type: 'modifyHeaders',
        requestHeaders: [
          { header: 'Origin', operation: 'set', value: 'http://localhost:8888' },
          { header: 'Referer', operation: 'set', value: 'http://localhost:8888/' },
        ],
      },
    });
    expect([...fake.rules.values()]).toEqual([
      rule('|http://localhost:8888/', 'xmlhttprequest'),
      rule('|ws://localhost:8888/', 'websocket'),
    ]);
  });

  test('asking twice changes nothing; each origin has its own and loses only that', async () => {
    await identifyRequestsTo('http://localhost:8888');
    await identifyRequestsTo('http://localhost:8888');
    expect(fake.rules.size).toBe(2);
    await identifyRequestsTo('http://localhost:8889');
    expect(fake.rules.size).toBe(4);
  });

  test.each([
    'http://localhost:8888/',
    'localhost',
    'file://',
    'null',
    'http://*',
    'http://a|b',
    'https://u:p@a.example',
  ])('refuses %s', async (origin) => {
    expect(await identifyRequestsTo(origin)).toEqual({ ok: false, failure: { kind: 'bad-origin' } });
    expect(fake.rules.size).toBe(0);
  });

  test('says what the browser said', async () => {
    fake.refuse = 'no permission';
    expect(await identifyRequestsTo('http://localhost:8888')).toEqual({
      ok: false,
      failure: { kind: 'refused', message: 'no permission' },
    });
  });
});
