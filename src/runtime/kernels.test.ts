import { expect, test } from 'vitest';
import { answer, serve } from './fault-rig.ts';
import { kernelStatus, serverStartedAt } from './kernels.ts';

test('a time that is none is not understood', async () => {
  const { address } = await serve(
    answer(200, '{"started": "yesterday", "id": "k", "execution_state": "idle", "last_activity": ""}'),
  );
  const failure = { kind: 'not-understood', status: 200 };
  expect(await serverStartedAt(address)).toEqual({ ok: false, failure });
  expect(await kernelStatus(address, 'k')).toEqual({ ok: false, failure });
});
