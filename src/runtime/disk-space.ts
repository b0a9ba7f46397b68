import * as v from 'valibot';
import type { MemoryUse } from '../core/pressure/memory-use.ts';
import { type Result, ok } from '../core/result.ts';
import type { RuntimeFailure } from './failure.ts';
import { type Access, requestJson } from './json-reply.ts';
import type { ServerAddress } from './server-address.ts';

export interface DiskSpace {
  readonly totalBytes: number;
  readonly freeBytes: number;
}

const RESOURCES_BOUND_BYTES = 256 * 1024;

/** `0` is what the machine says where it could not measure. */
const bytes = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const resourcesSchema = v.object({
  disks: v.array(v.object({ filesystem: v.object({ totalBytes: bytes, usedBytes: bytes }) })),
});
/** The same before it was put into the words of a protocol buffer. */
const olderSchema = v.object({ disk: v.object({ limit: bytes, usage: bytes }) });
const memorySchema = v.object({ memory: v.object({ totalBytes: bytes, freeBytes: bytes }) });

/** `null`: the machine does not tell, or not in words we know. */
export interface ColabResources {
  readonly disk: DiskSpace | null;
  readonly memory: MemoryUse | null;
}

const NOTHING_TOLD: ColabResources = { disk: null, memory: null };

/** The disk of a Colab machine; see `colabResources`. */
export async function diskSpace(
  server: ServerAddress,
  access: Access = {},
): Promise<Result<DiskSpace | null, RuntimeFailure>> {
  const told = await colabResources(server, access);
  return told.ok ? ok(told.value.disk) : told;
}

/**
 * What a Colab machine has left, by `/api/colab/resources`. A plain Jupyter server has no such route (404); see `machine-told.ts`.
 *
 * The form is that of Google's own `_resource_monitor.py`, `_ram_utils.py` and `_handlers.py` (github.com/googlecolab/colabtools,
 * `google/colab/_serverextension`, read November 2026): one disk, labelled `kernel`; memory as in `/proc/meminfo`, free what is
 * `MemAvailable`; with the prefix against being run as a script. Google Drive, when it is mounted, is not in it.
 */
export async function colabResources(
  server: ServerAddress,
  access: Access = {},
): Promise<Result<ColabResources, RuntimeFailure>> {
  const reply = await requestJson(
    server,
    { route: 'api/colab/resources', path: '', schema: v.unknown(), maxBytes: RESOURCES_BOUND_BYTES },
    access,
  );
  if (reply.ok) return ok({ disk: spaceIn(reply.value), memory: memoryIn(reply.value) });
  const { kind } = reply.failure;
  return kind === 'not-found' || kind === 'not-understood' || kind === 'too-large' ? ok(NOTHING_TOLD) : reply;
}

function spaceIn(resources: unknown): DiskSpace | null {
  const current = v.safeParse(resourcesSchema, resources);
  const older = v.safeParse(olderSchema, resources);
  const [first] = current.success ? current.output.disks : [];
  if (first !== undefined) return space(first.filesystem.totalBytes, first.filesystem.usedBytes);
  return older.success ? space(older.output.disk.limit, older.output.disk.usage) : null;
}

const space = (totalBytes: number, usedBytes: number): DiskSpace | null =>
  totalBytes === 0 || usedBytes > totalBytes ? null : { totalBytes, freeBytes: totalBytes - usedBytes };

function memoryIn(resources: unknown): MemoryUse | null {
  const told = v.safeParse(memorySchema, resources);
  if (!told.success) return null;
  const { totalBytes, freeBytes } = told.output.memory;
  return totalBytes === 0 || freeBytes > totalBytes
    ? null
    : { usedBytes: totalBytes - freeBytes, limitBytes: totalBytes };
}
