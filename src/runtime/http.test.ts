import { describe, expect, test } from 'vitest';
import { answer, serve } from './fault-rig.ts';
import { request } from './http.ts';

describe('request', () => {
  test('sends the token with this request, and no other', async () => {
    const server = await serve(answer(200, 'x'));
    const url = new URL(server.address.origin);
    await request(url, { maxBytes: 10, token: 'abc' });
    await request(url, { maxBytes: 10 });
    await request(url, { maxBytes: 10, token: 'a\r\nX: y' });
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
      'token abc',
      undefined,
      undefined,
    ]);
  });

  test('refuses or cuts a body that is too long', async () => {
    const { address } = await serve(answer(200, 'x'.repeat(100_000)));
    const url = new URL(address.origin);
    expect(await request(url, { maxBytes: 99_999 })).toEqual({ ok: false, failure: { kind: 'too-large' } });
    const exact = await request(url, { maxBytes: 100_000 });
    expect(exact.ok && exact.value.cut).toBe(false);
    const cut = await request(url, { maxBytes: 10, longer: 'cut' });
    expect(cut.ok && cut.value.cut && cut.value.bytes.length).toBe(10);
  });
});
