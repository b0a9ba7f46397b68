import * as v from 'valibot';
import {
  GROUPS_FILE,
  MACHINE_FILE,
  groupLimit,
  groupUse,
  machineUse,
  memoryGroups,
  type MemoryGroup,
} from '../core/pressure/machine-files.ts';
import { tightest, type MemoryUse } from '../core/pressure/memory-use.ts';
import { type Result, ok } from '../core/result.ts';
import type { RuntimeFailure } from './failure.ts';
import { type Access, requestJson } from './json-reply.ts';
import type { ServerAddress } from './server-address.ts';

const TEXT_BOUND_BYTES = 256 * 1024;
const textSchema = v.object({ type: v.literal('file'), content: v.string() });

/** A group that has a limit. */
export type LimitedGroup = MemoryGroup & { readonly limitBytes: number };

/**
 * The groups with a limit that a server is in, where its root is that of its machine. `null`: it does not show them, so
 * that nobody knows whether there is a limit below the machine's own. Asked once for a server: a file each for its group
 * and for those around it.
 */
export async function limitedGroups(
  server: ServerAddress,
  access: Access,
): Promise<Result<readonly LimitedGroup[] | null, RuntimeFailure>> {
  const own = await readNow(server, GROUPS_FILE, access);
  if (!own.ok) return own;
  if (own.value === null) return ok(null);
  const limited: LimitedGroup[] = [];
  let isSeen = false;
  for (const group of memoryGroups(own.value)) {
    const said = await readNow(server, group.limit, access);
    if (!said.ok) return said;
    const limit = said.value === null ? null : groupLimit(said.value);
    isSeen ||= limit !== null && limit.kind !== 'not-understood';
    if (limit?.kind === 'bytes') limited.push({ ...group, limitBytes: limit.bytes });
  }
  return ok(isSeen ? limited : null);
}

/** What is taken of a machine's memory, or of the group's whose limit is reached first; `null` where that cannot be read. */
export async function machineMemory(
  server: ServerAddress,
  groups: readonly LimitedGroup[],
  access: Access,
): Promise<Result<MemoryUse | null, RuntimeFailure>> {
  const machine = await readNow(server, MACHINE_FILE, access);
  if (!machine.ok) return machine;
  const uses = [machine.value === null ? null : machineUse(machine.value)];
  for (const { limitBytes, usage, stat } of groups) {
    const [current, counts] = [await readNow(server, usage, access), await readNow(server, stat, access)];
    if (!current.ok) return current;
    if (!counts.ok) return counts;
    uses.push(
      current.value === null || counts.value === null
        ? null
        : groupUse(limitBytes, current.value, counts.value),
    );
  }
  // Of a limit that cannot be read any more nobody knows how near it is.
  return ok(uses.includes(null) ? null : tightest(uses.filter((use) => use !== null)));
}

/**
 * The text of a file as it is at this moment; `null` where it is not there or not for us. By the contents route, which reads to the
 * end: of these files the machine does not tell a size, and `/files/` would give nothing.
 */
async function readNow(
  server: ServerAddress,
  path: string,
  access: Access,
): Promise<Result<string | null, RuntimeFailure>> {
  const query = { type: 'file', format: 'text', content: '1' };
  const reply = await requestJson(
    server,
    { route: 'api/contents', path, query, schema: textSchema, maxBytes: TEXT_BOUND_BYTES },
    access,
  );
  if (reply.ok) return ok(reply.value.content);
  const { kind } = reply.failure;
  return kind === 'not-found' || kind === 'forbidden' || kind === 'not-understood' || kind === 'too-large'
    ? ok(null)
    : reply;
}
