import { tightest, type MemoryUse } from '../core/pressure/memory-use.ts';
import { ok, type Result } from '../core/result.ts';
import type { RuntimeFailure } from '../runtime/failure.ts';
import { limitedGroups, machineMemory, type LimitedGroup } from '../runtime/machine-memory.ts';
import { machineTold, type MachineTold } from '../runtime/machine-told.ts';
import { isColab } from './colab-site.ts';
import type { FreeOf } from './disk-desk.ts';
import type { Notebook } from './notebook.ts';
import type { NoServer, ServerDesk } from './server-desk.ts';

/** What one desk was told a moment ago serves the other as well. */
const FRESH_MS = 20_000;
/** A server that tells nothing is not asked again for so long. */
const SILENT_MS = 60 * 60_000;

type Failure = RuntimeFailure | NoServer;

/** The memory that a notebook's kernel lives in; `null` where nobody tells. */
export type MemoryOf = (notebook: Notebook) => Promise<Result<MemoryUse | null, Failure>>;

export interface MachineQuestion {
  readonly freeOf: FreeOf;
  readonly memoryOf: MemoryOf;
}

/**
 * What is left of a notebook's machine, without running anything on it: by the routes that a server has for that, and where the
 * server's root is the machine's, by what Linux says in its files. The kernel is not asked: see docs/adr/0008-memory.md.
 */
export const createMachineQuestion = (
  servers: Pick<ServerDesk, 'ask'>,
  now: () => number,
): MachineQuestion => {
  const answers = new Map<string, { readonly at: number; readonly told: MachineTold }>();
  const asking = new Map<string, Promise<Result<MachineTold, Failure>>>();
  const groupsOf = new Map<string, readonly LimitedGroup[] | null>();

  const askNow = async (record: Notebook, key: string): Promise<Result<MachineTold, Failure>> => {
    const told = await servers.ask(record, ({ address, access }) =>
      machineTold(address, isColab(record.origin), access),
    );
    if (told.ok) answers.set(key, { at: now(), told: told.value });
    return told;
  };

  const ask = async (record: Notebook): Promise<Result<MachineTold, Failure>> => {
    const key = keyOf(record);
    const known = answers.get(key);
    if (known !== undefined && now() - known.at < lifeOf(known.told)) return ok(known.told);
    const going = asking.get(key) ?? askNow(record, key).finally(() => asking.delete(key));
    asking.set(key, going);
    return going;
  };

  const byFiles: MemoryOf = async (record) => {
    const key = keyOf(record);
    let groups = groupsOf.get(key);
    if (groups === undefined) {
      const found = await servers.ask(record, ({ address, access }) => limitedGroups(address, access));
      if (!found.ok) return found;
      groups = found.value;
      groupsOf.set(key, groups);
    }
    const known = groups;
    return known === null
      ? ok(null)
      : servers.ask(record, ({ address, access }) => machineMemory(address, known, access));
  };

  return {
    async freeOf(record) {
      const told = await ask(record);
      return told.ok ? ok(told.value.freeBytes) : told;
    },
    async memoryOf(record) {
      const told = await ask(record);
      if (!told.ok) return told;
      const { memory } = told.value;
      if (isColab(record.origin) || record.serverRoot !== '/') return ok(memory);
      const read = await byFiles(record);
      if (!read.ok) return memory === null ? read : ok(memory);
      return ok(tightest([memory, read.value].filter((use) => use !== null)));
    },
  };
};

/** Another kernel's start may be another server's; a lent machine has an id of its own. */
const keyOf = ({ id, machine, serverStart }: Notebook): string =>
  JSON.stringify([id, machine?.id ?? null, serverStart?.startedAt ?? null]);

const lifeOf = ({ freeBytes, memory }: MachineTold): number =>
  freeBytes === null && memory === null ? SILENT_MS : FRESH_MS;
