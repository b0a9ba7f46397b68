import { expect, test } from 'vitest';
import { putBytes, rename } from './contents-changes.ts';
import { listFolder, stat } from './contents.ts';
import { answer, serve } from './fault-rig.ts';
import { kernelStatus, serverStartedAt } from './kernels.ts';
import type { ServerAddress } from './server-address.ts';
import { listSessions } from './sessions.ts';
import { statWithHash } from './stat-with-hash.ts';

test('the prefix that keeps JSON from being run, and too much of it, wherever JSON is read', async () => {
  const time = '2026-11-23T23:44:34.242137Z';
  const kernel = { id: 'k', execution_state: 'idle', last_activity: time };
  const file = { name: 'a', type: 'file', size: 1, last_modified: time };
  const readers: readonly [object, (address: ServerAddress) => Promise<{ readonly ok: boolean }>][] = [
    [{ type: 'directory', content: [] }, (address) => listFolder(address, 'out')],
    [file, (address) => stat(address, 'a')],
    [{ ...file, hash: 'x' }, (address) => statWithHash(address, 'a', 1)],
    [file, (address) => rename(address, 'a', 'b')],
    [file, (address) => putBytes(address, 'a', new Uint8Array(1), 'whole', {})],
    [kernel, (address) => kernelStatus(address, 'k')],
    [{ started: time }, (address) => serverStartedAt(address)],
    [[{ path: 'x.ipynb', kernel }], (address) => listSessions(address)],
  ];
  for (const [reply, read] of readers) {
    const text = JSON.stringify(reply);
    const { address } = await serve(answer(200, `)]}'\n${text}`));
    expect((await read(address)).ok, text).toBe(true);
    const endless = await serve((response) => {
      const more = () => {
        while (!response.destroyed && response.write(' '.repeat(1 << 20)));
      };
      response.on('drain', more);
      more();
    });
    expect(await read(endless.address), text).toEqual({ ok: false, failure: { kind: 'too-large' } });
  }
});
