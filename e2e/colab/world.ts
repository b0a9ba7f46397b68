import { randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { startMachine, type Machine } from './machine.ts';
import type { FullOptions } from './options.ts';
import { newPageLine, type PageLine } from './page-line.ts';
import { newRecord, type Record } from './record.ts';
import { newTokens, type Tokens } from './tokens.ts';
import { DriveFile, type Lending, type MachineState } from './wire.ts';

/** All that the hosts of the stand-in share. */
export interface World {
  readonly options: FullOptions;
  readonly record: Record;
  readonly tokens: Tokens;
  readonly line: PageLine;
  /** Value of the cookie that the page's host sets. */
  readonly cookie: string;
  /** The notebook as it lies in the user's Drive. */
  drive: DriveFile;
  /** Sockets to the kernel, to be cut with the machine. */
  readonly kernelSockets: Set<{ terminate: () => void }>;
  /** The machine lent to this notebook, if it exists. */
  readonly machine: () => Machine | null;
  readonly lend: () => Promise<Lending>;
  /** What the page is told when it asks after its machine. */
  readonly machineState: () => MachineState;
  /** The machine and its disk are gone at once; the page is told so later. */
  readonly takeAway: (toldAfterMs: number) => Promise<void>;
  /** Which machine the next Connect gives, whatever the options say. */
  readonly decideNext: (machine: 'same' | 'new') => void;
  /** Whether Connect is refused. */
  readonly refuse: (refused: boolean) => void;
  /** Everything ends, also a machine that is being started. */
  readonly end: () => Promise<void>;
}

export const newWorld = (options: FullOptions): World => {
  const state: {
    machine: Machine | null;
    lending: Promise<Machine> | null;
    next: 'same' | 'new' | null;
    refused: boolean;
    silentUntil: number;
  } = { machine: null, lending: null, next: null, refused: false, silentUntil: 0 };
  const kernelSockets: World['kernelSockets'] = new Set();

  const cutSockets = () => {
    for (const socket of kernelSockets) socket.terminate();
    kernelSockets.clear();
  };
  const takeAway = async (toldAfterMs: number) => {
    const old = state.machine;
    state.machine = null;
    state.silentUntil = Date.now() + toldAfterMs;
    cutSockets();
    await old?.end();
  };
  const renew = async (): Promise<Machine> => {
    await takeAway(0);
    state.machine = await startMachine(options);
    return state.machine;
  };
  const lend = async (): Promise<Lending> => {
    if (state.refused) return { outcome: 'limit' };
    const wanted = state.next ?? options.reconnectsTo;
    const kept = wanted === 'same' ? state.machine : null;
    if (kept === null) state.lending ??= renew().finally(() => (state.lending = null));
    const machine = kept ?? (await state.lending) ?? (await renew());
    state.next = null;
    const { managedId, proxyHost, kernelId, pageSession } = machine;
    return { outcome: 'lent', managedId, proxyHost, kernelId, session: pageSession };
  };
  return {
    options,
    record: newRecord(),
    tokens: newTokens(options.tokenLifetimeMs),
    line: newPageLine(),
    cookie: randomBytes(18).toString('base64url'),
    drive: v.parse(DriveFile, options.notebook),
    kernelSockets,
    machine: () => state.machine,
    lend,
    machineState: () => {
      if (state.machine !== null) return { state: 'lent' };
      return { state: Date.now() < state.silentUntil ? 'silent' : 'gone' };
    },
    takeAway,
    decideNext: (machine) => {
      state.next = machine;
    },
    refuse: (refused) => {
      state.refused = refused;
    },
    end: async () => {
      await state.lending?.catch(() => undefined);
      await takeAway(0);
    },
  };
};
