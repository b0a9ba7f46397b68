import * as v from 'valibot';
import type { MemoryUse } from '../core/pressure/memory-use.ts';
import { type Result, ok } from '../core/result.ts';
import { colabResources } from './disk-space.ts';
import type { RuntimeFailure } from './failure.ts';
import { type Access, requestJson } from './json-reply.ts';
import type { ServerAddress } from './server-address.ts';

const METRICS_BOUND_BYTES = 64 * 1024;
const bytes = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const limit = v.pipe(bytes, v.minValue(1));
/**
 * `/api/metrics/v1` of jupyter-resource-usage: a disk only since 1.1.1 and where `track_disk_usage` is on, which it is not by
 * itself; it is that of the home folder where nothing else was set (`api.py`, `config.py` of 1.3.0).
 */
const diskSchema = v.object({ disk_used: bytes, disk_total: limit });
/** The same of memory: of the server and all that it started, kernels too; a limit only where one was set, as hubs do. */
const memorySchema = v.object({
  rss: bytes,
  /** Counts what processes share once; on Linux only. */
  pss: v.optional(v.nullable(bytes), null),
  limits: v.object({ memory: v.object({ rss: limit }) }),
});

/** Google Drive, where Colab mounts it, is another disk than the one that the machine tells of. */
const DRIVE = 'content/drive/';

/** Whether a folder of a server, relative to its root, lies on a disk that no server tells of. */
export const liesElsewhere = (folder: string): boolean => `${folder}/`.startsWith(DRIVE);

/** What a server tells of its machine without running anything; `null`: it does not. */
export interface MachineTold {
  readonly freeBytes: number | null;
  readonly memory: MemoryUse | null;
}

const NOTHING_TOLD: MachineTold = { freeBytes: null, memory: null };

/** What is left of a server's disk and memory, as far as it has a route for that. One request. */
export async function machineTold(
  server: ServerAddress,
  isColab: boolean,
  access: Access = {},
): Promise<Result<MachineTold, RuntimeFailure>> {
  if (isColab) {
    const told = await colabResources(server, access);
    return told.ok ? ok({ freeBytes: told.value.disk?.freeBytes ?? null, memory: told.value.memory }) : told;
  }
  const reply = await requestJson(
    server,
    { route: 'api/metrics/v1', path: '', schema: v.unknown(), maxBytes: METRICS_BOUND_BYTES },
    access,
  );
  if (!reply.ok) {
    const { kind } = reply.failure;
    return kind === 'not-found' || kind === 'not-understood' || kind === 'too-large'
      ? ok(NOTHING_TOLD)
      : reply;
  }
  return ok({ freeBytes: freeIn(reply.value), memory: memoryIn(reply.value) });
}

function freeIn(metrics: unknown): number | null {
  const disk = v.safeParse(diskSchema, metrics);
  return disk.success ? Math.max(0, disk.output.disk_total - disk.output.disk_used) : null;
}

function memoryIn(metrics: unknown): MemoryUse | null {
  const memory = v.safeParse(memorySchema, metrics);
  if (!memory.success) return null;
  const { rss, pss, limits } = memory.output;
  return { usedBytes: pss ?? rss, limitBytes: limits.memory.rss };
}
