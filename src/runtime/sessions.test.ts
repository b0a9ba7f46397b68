import { expect, test } from 'vitest';
import { answer, serve } from './fault-rig.ts';
import { listSessions } from './sessions.ts';

test('sessions without a kernel are left out', async () => {
  const sessions = [
    { id: '1', path: 'a/b.ipynb', type: 'notebook', kernel: { id: 'k1', name: 'python3' } },
    { id: '2', path: 'c.ipynb', kernel: null },
  ];
  const { address } = await serve(answer(200, JSON.stringify(sessions)));
  expect(await listSessions(address)).toEqual({ ok: true, value: [{ kernelId: 'k1', path: 'a/b.ipynb' }] });
});
