import { describe, expect, it } from 'vitest';
import { createRooms } from './rooms.ts';

describe('rooms', () => {
  it('are made when they are needed, and used again', async () => {
    const rooms = createRooms(10, 2);
    const first = await rooms.take();
    const second = await rooms.take();
    expect(first).not.toBe(second);
    rooms.giveBack(first);
    expect(await rooms.take()).toBe(first);
  });

  it('are waited for when all are taken, in the order of the asking', async () => {
    const rooms = createRooms(10, 1);
    const only = await rooms.take();
    const order: string[] = [];
    const waiting = ['one', 'two'].map(async (who) => {
      const room = await rooms.take();
      order.push(who);
      rooms.giveBack(room);
    });
    rooms.giveBack(only);
    await Promise.all(waiting);
    expect(order).toEqual(['one', 'two']);
  });

  it('tell who waits, and who comes later, when one is lost', async () => {
    const rooms = createRooms(10, 1);
    await rooms.take();
    const waiting = rooms.take();
    rooms.lose(new Error('the hashing ended'));
    await expect(waiting).rejects.toThrow('the hashing ended');
    await expect(rooms.take()).rejects.toThrow('the hashing ended');
  });
});
