import * as v from 'valibot';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { zipFeedSchema, type ZipFeed, type ZipPull } from '../protocol/zip-door.ts';
import { openFeed } from './zip-feed.ts';

afterEach(() => vi.useRealTimers());

const roomOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text));
const textOf = (room: Uint8Array, bytes: number): string => Buffer.from(room.subarray(0, bytes)).toString();

/** A feed, and who takes what is written into it: one answer for each pull. */
const opened = () => {
  const { port1, port2 } = new MessageChannel();
  const pull = async (room: Uint8Array<ArrayBuffer> | null = null): Promise<ZipFeed> => {
    const answer = new Promise<unknown>((resolve) =>
      port2.addEventListener('message', ({ data }) => resolve(data), { once: true }),
    );
    port2.start();
    port2.postMessage({ kind: 'pull', room });
    return v.parse(zipFeedSchema, await answer);
  };
  return { feed: openFeed(port1), port: port2, pull };
};

const close = (port: MessagePort): void => port.close();

describe('a feed', () => {
  it('gives what is written in the order of the asking, and the rooms back', async () => {
    const { feed, port, pull } = opened();
    const written = [feed.write(roomOf('first'), 5), feed.write(roomOf('second!'), 6)];
    const first = await pull();
    if (first.kind !== 'bytes') throw new Error(first.kind);
    expect(textOf(first.room, first.bytes)).toBe('first');
    const second = await pull(first.room);
    expect((await written[0])?.length, 'the room is whole again').toBe(5);
    if (second.kind !== 'bytes') throw new Error(second.kind);
    expect(textOf(second.room, second.bytes)).toBe('second');
    const ended = feed.end();
    expect(await pull(second.room)).toEqual({ kind: 'end' });
    expect(await ended).toBe(true);
    close(port);
  });

  it('that is stopped by who takes it gives every room back, and says that it did not arrive', async () => {
    const { feed, port, pull } = opened();
    const written = [feed.write(roomOf('first'), 5), feed.write(roomOf('second'), 6)];
    await pull();
    port.postMessage({ kind: 'stopped' } satisfies ZipPull);
    expect((await Promise.all(written)).map(({ length }) => length)).toEqual([5, 6]);
    expect(feed.isTaken()).toBe(false);
    expect(await feed.end()).toBe(false);
    close(port);
  });

  it('that nobody takes is not waited for', async () => {
    vi.useFakeTimers();
    const { feed, port } = opened();
    const written = feed.write(roomOf('first'), 5);
    await vi.advanceTimersByTimeAsync(6000);
    expect((await written).length).toBe(5);
    expect(feed.isTaken()).toBe(false);
    close(port);
  });

  it('that is stopped tells who takes it that there is no whole archive', async () => {
    const { feed, port, pull } = opened();
    const answer = pull();
    feed.stop();
    expect(await answer).toEqual({ kind: 'void' });
    close(port);
  });
});
