/** Does one thing after another for each notebook: a second click, or a kernel that comes back meanwhile, waits its turn. */
export type InTurn = <T>(id: string, act: () => Promise<T>) => Promise<T>;

export const createInTurn = (): InTurn => {
  const last = new Map<string, Promise<unknown>>();
  return (id, act) => {
    const before = last.get(id) ?? Promise.resolve();
    const mine = before.then(act, act);
    last.set(id, mine);
    const forget = (): void => {
      if (last.get(id) === mine) last.delete(id);
    };
    mine.then(forget, forget);
    return mine;
  };
};
