import { describe, expect, test } from 'vitest';
import { remove, rename } from './contents-changes.ts';
import { explainRefusal } from './explain.ts';
import type { RuntimeFailure } from './failure.ts';
import { type Answer, answer, html, serve } from './fault-rig.ts';
import { request } from './http.ts';
import { refusalOf } from './json-reply.ts';

describe('what a refusal says', () => {
  const ask = async (fault: Answer, explain = explainRefusal) => {
    const { address } = await serve(fault);
    const reply = await request(new URL(address.origin), { maxBytes: 10, stallMs: 1000, explain });
    return reply.ok ? null : reply.failure;
  };

  test.each<[string, Answer, RuntimeFailure]>([
    [
      'no proof of the page',
      answer(403, `{"message": "'_xsrf' argument missing from POST"}`),
      { kind: 'cross-site' },
    ],
    [
      'another proof',
      answer(403, '{"message": "XSRF cookie does not match POST argument"}'),
      { kind: 'cross-site' },
    ],
    ['no Referer', answer(403, '<p>Blocking request from unknown origin</p>', html), { kind: 'cross-site' }],
    [
      'another Referer',
      answer(403, 'Blocking Cross Origin request from https://a.example.'),
      { kind: 'cross-site' },
    ],
    ['a file of somebody else', answer(403, '{"message": "Permission denied: a.pt"}'), { kind: 'forbidden' }],
    ['nothing', answer(403), { kind: 'forbidden' }],
    ['the same with another status', answer(500, 'unknown origin'), { kind: 'server-error', status: 500 }],
    [
      'half of it, before the line broke',
      (response) => {
        response.writeHead(403, { 'Content-Length': '1000' }).write('unknown ');
        setTimeout(() => response.destroy(), 20);
      },
      { kind: 'forbidden' },
    ],
  ])('%s', async (_, fault, failure) => {
    expect(await ask(fault)).toEqual(failure);
  });

  test('is read up to a bound', async () => {
    let length = 0;
    await ask(answer(500, 'x'.repeat(1_000_000)), (_, text) => {
      length = text.length;
      return null;
    });
    expect(length).toBe(16 * 1024);
  });

  test('is worth nothing to who is not logged in', async () => {
    const refusals: RuntimeFailure[] = [{ kind: 'forbidden' }, { kind: 'cross-site' }];
    const told = async (status: number) => {
      const { address } = await serve(answer(status, '{}'));
      return Promise.all(refusals.map((refused) => refusalOf(address, 'files', refused, {})));
    };
    expect(await told(403)).toEqual([{ kind: 'signed-out' }, { kind: 'signed-out' }]);
    expect(await told(200)).toEqual(refusals);
    // Asked from another site, a server denies all of its routes.
    expect(await told(404)).toEqual(refusals);
    expect(await told(502)).toEqual(refusals.map(() => ({ kind: 'server-error', status: 502 })));
  });
});

describe('what a refused change says', () => {
  const saving = (error: string) =>
    `{"message": "Unexpected error while saving file: a.pt ${error}", "reason": null}`;

  // As jupyter_server 1.16 to 2.21 answered, but for those of other systems.
  test.each<[string, number, string, RuntimeFailure]>([
    ['a full disk', 500, saving('[Errno 28] No space left on device'), { kind: 'disk-full' }],
    [
      'a full disk of Windows',
      500,
      saving('[WinError 112] There is not enough space'),
      { kind: 'disk-full' },
    ],
    ['a user with no share left', 500, saving('[Errno 122] Disk quota exceeded'), { kind: 'disk-full' }],
    ['the same on a Mac', 500, saving('[Errno 69] Disc quota exceeded'), { kind: 'disk-full' }],
    [
      'no room for the trash',
      400,
      '{"message": "send2trash failed: [Errno 28] No space left"}',
      { kind: 'disk-full' },
    ],
    ['more than a file may have', 500, saving('[Errno 27] File too large'), { kind: 'too-large' }],
    ['a request that is too long', 400, '', { kind: 'too-large' }],
    ['the same by a proxy', 413, '<html>', { kind: 'too-large' }],
    ['a disk to read from', 500, saving('[Errno 30] Read-only file system'), { kind: 'forbidden' }],
    ['a folder of somebody else', 403, '{"message": "Permission denied: a.pt"}', { kind: 'forbidden' }],
    ['a hidden name', 400, `{"message": "Cannot create file or directory '.a'"}`, { kind: 'forbidden' }],
    ['no folder', 500, saving(`[Errno 2] No such file or directory: '/x/a.pt'`), { kind: 'not-found' }],
    [
      'a backup that was not made',
      500,
      saving(`[Errno 2] No such file or directory: '/x/.~a.pt' -> '/x/a.pt'`),
      { kind: 'server-error', status: 500 },
    ],
    ['a file for a folder', 400, '{"message": "Not a directory: /x/a.pt"}', { kind: 'conflict' }],
    ['the same further down', 500, saving(`[Errno 20] Not a directory: '/x/a.pt/b'`), { kind: 'conflict' }],
    ['a name that is taken', 409, '{"message": "File already exists: a.pt"}', { kind: 'conflict' }],
    ['another site', 404, '{"message": "Not Found", "reason": null}', { kind: 'cross-site' }],
    ['nothing there', 404, '{"message": "File or directory does not exist: a.pt"}', { kind: 'not-found' }],
    ['no page there', 404, '<title>404 : Not Found</title>', { kind: 'not-found' }],
    ['something else', 500, '{"message": "Unhandled error"}', { kind: 'server-error', status: 500 }],
    ['something else about the request', 400, '{"message": "bad"}', { kind: 'not-understood', status: 400 }],
    ['a proxy', 502, '<html>', { kind: 'server-error', status: 502 }],
  ])('%s', async (_, status, text, failure) => {
    const { address } = await serve((response, { url }) =>
      url?.startsWith('/api/status') === true
        ? void response.end('{}')
        : void response.writeHead(status).end(text),
    );
    expect(await rename(address, 'a.pt', 'b.pt', { stallMs: 1000 })).toEqual({ ok: false, failure });
  });

  test('an own file is removed, another never', async () => {
    const server = await serve(answer(204));
    await expect(remove(server.address, 'a.pt', {})).rejects.toThrow('Not ours');
    expect(server.requests).toEqual([]);
    expect(await remove(server.address, 'a.pt.holdfast-part', {})).toEqual({ ok: true, value: null });
    expect(server.requests.length).toBe(1);
  });
});
