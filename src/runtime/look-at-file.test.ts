import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type Answer, answer, html, serve } from './fault-rig.ts';
import { lookAtFile } from './look-at-file.ts';

const FILE = '0123456789';
const login = '<!doctype html><form><input name="user"><input type="password"></form>';

describe('lookAtFile', () => {
  test.each<[string, Answer, unknown]>([
    ['a login page', answer(200, login, html), { ok: false, failure: { kind: 'signed-out' } }],
    [
      'a server without ranges',
      answer(200, FILE, { 'Content-Length': '10' }),
      { ok: true, value: { sizeBytes: 10, lastModified: null, ranges: false } },
    ],
    [
      'a packed answer',
      answer(200, gzipSync(FILE), { 'Content-Encoding': 'gzip' }),
      { ok: true, value: { sizeBytes: null, lastModified: null, ranges: false } },
    ],
    ['a server that is away', answer(502), { ok: false, failure: { kind: 'server-error', status: 502 } }],
  ])('%s', async (_, fault, expected) => {
    const { address } = await serve(fault);
    expect(await lookAtFile(address, 'out/a.pt', { stallMs: 1000 })).toEqual(expected);
  });
});
