import type { Room } from '../protocol/room.ts';

/** A few rooms of one size, used again and again: what is left to be collected as garbage piles up with a file's size. */
export interface Rooms {
  readonly bytes: number;
  /** A room as soon as one is free; who asked first gets the first. Rejects when a room was lost. */
  readonly take: () => Promise<Room>;
  readonly giveBack: (room: Room) => void;
  /** A room will not come back: who waits, and who asks from now on, is told why. */
  readonly lose: (why: Error) => void;
}

/** @param most They are made when they are first needed. */
export const createRooms = (bytes: number, most: number): Rooms => {
  const free: Room[] = [];
  const waiting: { readonly resolve: (room: Room) => void; readonly reject: (why: Error) => void }[] = [];
  const state: { made: number; lost: Error | null } = { made: 0, lost: null };
  return {
    bytes,
    take: async () => {
      if (state.lost !== null) throw state.lost;
      const room = free.pop();
      if (room !== undefined) return room;
      if (state.made < most) {
        state.made += 1;
        return new Uint8Array(bytes);
      }
      return new Promise((resolve, reject) => void waiting.push({ resolve, reject }));
    },
    giveBack: (room) => {
      const next = waiting.shift();
      if (next === undefined) free.push(room);
      else next.resolve(room);
    },
    lose: (why) => {
      state.lost = why;
      for (const { reject } of waiting.splice(0)) reject(why);
    },
  };
};
