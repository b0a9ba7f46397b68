import * as v from 'valibot';
import type { Room } from '../protocol/room.ts';
import {
  ZIP_DOOR_PATH,
  zipDoorPath,
  zipDoorSchema,
  zipFeedSchema,
  type ZipDoor,
  type ZipPull,
} from '../protocol/zip-door.ts';

/** What this file needs of a service worker: TypeScript has it in a library that can't be joined with the one for pages. */
interface InstallEvent extends ExtendableEvent {
  /** Chromium 123 and later. */
  addRoutes?(routes: readonly unknown[]): Promise<void>;
}
interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
declare global {
  interface WindowEventMap {
    install: InstallEvent;
    fetch: FetchEvent;
  }
}

/** The page that asks and the request come a moment after each other, in any order. */
const PATIENCE_MS = 5000;

/**
 * Answers requests for a zip that is on its way with what its worker writes (Chromium, where the background is a service
 * worker that stands between the extension's pages and the network). All other requests go past it, without waking it.
 */
export const openZipDoors = (): void => {
  const doors = new Map<string, Door>();
  const doorOf = (path: string): Door => {
    const door = doors.get(path) ?? closedDoor();
    doors.set(path, door);
    return door;
  };
  addEventListener('install', (event) => {
    const others = { not: { urlPattern: new URLPattern({ pathname: `${ZIP_DOOR_PATH}*` }) } };
    const routed = event.addRoutes?.([{ condition: others, source: 'network' }]);
    if (routed !== undefined) event.waitUntil(routed.catch(() => undefined));
  });
  addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const door = v.safeParse(zipDoorSchema, data);
    if (door.success) doorOf(zipDoorPath(door.output.id)).open(door.output);
  });
  addEventListener('fetch', (event) => {
    const { pathname } = new URL(event.request.url);
    if (!pathname.startsWith(ZIP_DOOR_PATH)) return;
    const nobody = new Promise<null>((resolve) => void setTimeout(resolve, PATIENCE_MS, null));
    const door = Promise.race([doorOf(pathname).opened, nobody]);
    event.respondWith(door.then((known) => (known === null ? Response.error() : answerOf(known))));
    void door.then(() => doors.delete(pathname));
  });
};

interface Door {
  readonly opened: Promise<ZipDoor>;
  readonly open: (door: ZipDoor) => void;
}

const closedDoor = (): Door => {
  let open: Door['open'] = () => undefined;
  const opened = new Promise<ZipDoor>((resolve) => {
    open = resolve;
  });
  return { opened, open };
};

const answerOf = ({ fileName, port }: ZipDoor): Response =>
  new Response(archiveFrom(port), {
    headers: {
      'Content-Type': 'application/zip',
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
    },
  });

/** Nothing is held here but the room at hand: the next is pulled when the browser has taken all of it. */
const archiveFrom = (port: MessagePort): ReadableStream<Uint8Array> => {
  const tell = (pull: ZipPull, handOver: Transferable[] = []): void => port.postMessage(pull, handOver);
  let taken: Room | null = null;
  return new ReadableStream<Uint8Array>(
    {
      pull: (controller) =>
        new Promise((resolve) => {
          // oxlint-disable-next-line unicorn/prefer-add-event-listener -- each pull has a listener of its own
          port.onmessage = ({ data }: MessageEvent<unknown>) => {
            const feed = v.safeParse(zipFeedSchema, data);
            if (!feed.success || feed.output.kind === 'void') controller.error(new Error('no whole archive'));
            else if (feed.output.kind === 'end') controller.close();
            else {
              taken = feed.output.room;
              controller.enqueue(taken.subarray(0, feed.output.bytes));
            }
            resolve();
          };
          const room = taken;
          taken = null;
          tell({ kind: 'pull', room }, room === null ? [] : [room.buffer]);
        }),
      cancel: () => tell({ kind: 'stopped' }),
    },
    { highWaterMark: 0 },
  );
};
