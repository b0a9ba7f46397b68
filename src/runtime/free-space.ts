import * as v from 'valibot';
import { type Result, ok } from '../core/result.ts';
import { diskSpace } from './disk-space.ts';
import type { RuntimeFailure } from './failure.ts';
import { type Access, requestJson } from './json-reply.ts';
import type { ServerAddress } from './server-address.ts';

const METRICS_BOUND_BYTES = 64 * 1024;
const bytes = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/**
 * `/api/metrics/v1` of jupyter-resource-usage: a disk only since 1.1.1 and where `track_disk_usage` is on, which it is not by
 * itself; it is that of the home folder where nothing else was set (`api.py`, `config.py` of 1.3.0).
 */
const metricsSchema = v.object({ disk_used: bytes, disk_total: v.pipe(bytes, v.minValue(1)) });

/** Google Drive, where Colab mounts it, is another disk than the one that the machine tells of. */
const DRIVE = 'content/drive/';

/** Whether a folder of a server, relative to its root, lies on a disk that no server tells of. */
export const liesElsewhere = (folder: string): boolean => `${folder}/`.startsWith(DRIVE);

/** Free bytes on the server's disk, as the server tells without running anything; `null` where it does not tell. */
export async function freeSpace(
  server: ServerAddress,
  isColab: boolean,
  access: Access = {},
): Promise<Result<number | null, RuntimeFailure>> {
  if (isColab) {
    const space = await diskSpace(server, access);
    return space.ok ? ok(space.value?.freeBytes ?? null) : space;
  }
  const reply = await requestJson(
    server,
    { route: 'api/metrics/v1', path: '', schema: v.unknown(), maxBytes: METRICS_BOUND_BYTES },
    access,
  );
  if (!reply.ok) {
    const { kind } = reply.failure;
    return kind === 'not-found' || kind === 'not-understood' || kind === 'too-large' ? ok(null) : reply;
  }
  const metrics = v.safeParse(metricsSchema, reply.value);
  return ok(metrics.success ? Math.max(0, metrics.output.disk_total - metrics.output.disk_used) : null);
}
