import * as v from 'valibot';
import { controlsOf, type Controls } from './controls.ts';
import type { Machine } from './machine.ts';
import {
  frameDomain,
  pageHost,
  pageOrigin,
  proxyDomain,
  withDefaults,
  type ColabOptions,
} from './options.ts';
import type { RecordedClick, RecordedExecution, RecordedRequest } from './record.ts';
import { listen } from './tls-server.ts';
import type { DriveFile } from './wire.ts';
import { newWorld, type World } from './world.ts';

export type { ColabOptions } from './options.ts';
export type { RecordedClick, RecordedExecution, RecordedRequest } from './record.ts';

export interface SavedColabCell {
  readonly id: string;
  readonly type: string;
  readonly source: string;
}

/** A page like Colab's in front of a real Jupyter server with a real kernel. `await using` ends it all. */
export interface ColabStandIn extends Controls, AsyncDisposable {
  /** For `launchBrowser`. */
  readonly hostsToPorts: Readonly<Record<string, number>>;
  readonly port: number;
  /** The notebook's address. */
  readonly notebookUrl: string;
  /** The machine lent now. Throws when there is none. */
  readonly machine: () => Machine;
  readonly hasMachine: () => boolean;
  /** Where the user's files are on this computer, `/content` on the machine. */
  readonly contentDir: () => string;
  /** The address of the runtime proxy with its slash, and a token for it. */
  readonly proxyAccess: () => { readonly url: string; readonly token: string };
  /** Waits until a page listens to the controls. */
  readonly whenPageIsOpen: () => Promise<void>;
  /** The notebook's cells as they lie in the user's Drive, after open pages have saved. */
  readonly savedCells: () => Promise<readonly SavedColabCell[]>;
  /** The whole file. */
  readonly savedNotebook: () => Promise<DriveFile>;
  /** Every click on a button that this project promises never to click by itself, and some more. */
  readonly clicks: () => Promise<readonly RecordedClick[]>;
  /** Requests to all hosts so far, in order. */
  readonly requests: () => readonly RecordedRequest[];
  /** Requests that the page itself did not make: the extension's. */
  readonly foreignRequests: () => readonly RecordedRequest[];
  /** Every execute_request that a kernel got. */
  readonly executions: () => readonly RecordedExecution[];
  /** Every token of the runtime proxy that was given out. */
  readonly issuedTokens: () => readonly string[];
  readonly stop: () => Promise<void>;
}

/** Starts the stand-in. A machine is lent when a page connects, as with Colab. */
export const startColabStandIn = async (options: ColabOptions): Promise<ColabStandIn> => {
  const world = newWorld(withDefaults(options));
  const network: { cut: (isCut: boolean) => void } = { cut: () => undefined };
  const controls = controlsOf(world, (isCut) => network.cut(isCut));
  const server = await listen(world, controls);
  network.cut = server.cut;
  const stop = async () => {
    await server.close();
    await world.end();
  };
  return {
    ...controls,
    ...readingOf(world),
    port: server.port,
    hostsToPorts: Object.fromEntries(
      [pageHost, `*${frameDomain}`, `*${proxyDomain}`].map((host) => [host, server.port]),
    ),
    notebookUrl: `${pageOrigin}/drive/${world.options.driveId}`,
    stop,
    [Symbol.asyncDispose]: stop,
  };
};

const readingOf = (world: World) => {
  const machine = (): Machine => {
    const lent = world.machine();
    if (lent === null) throw new Error('no machine is lent');
    return lent;
  };
  const savedNotebook = async () => {
    await world.line.tell('flush');
    return world.drive;
  };
  return {
    machine,
    hasMachine: () => world.machine() !== null,
    contentDir: () => machine().contentDir,
    proxyAccess: () => ({
      url: `https://${machine().proxyHost}/`,
      token: world.tokens.issue(machine().managedId),
    }),
    whenPageIsOpen: () => world.line.whenOpen(1),
    savedNotebook,
    savedCells: async () => (await savedNotebook()).cells.map(savedCell),
    clicks: async () => {
      await world.line.tell('flush');
      return [...world.record.clicks];
    },
    requests: () => [...world.record.requests],
    foreignRequests: () => world.record.requests.filter(({ by }) => by === 'other'),
    executions: () => [...world.record.executions],
    issuedTokens: world.tokens.all,
  };
};

const savedCell = ({ id, cell_type, source }: DriveFile['cells'][number]): SavedColabCell => ({
  id,
  type: cell_type,
  source: v.is(v.string(), source) ? source : source.join(''),
});
