/** Objects of a page: any of their members may be missing, of another type, or throw. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  (typeof value === 'object' || typeof value === 'function') && value !== null;

/** Reads a member without ever throwing; getters of a disposed widget do throw. */
export const member = (value: unknown, ...names: readonly string[]): unknown => {
  try {
    return names.reduce<unknown>((at, name) => (isRecord(at) ? Reflect.get(at, name) : undefined), value);
  } catch {
    return undefined;
  }
};

/** Calls a method of a foreign object. `undefined` when there is none. */
export const call = (value: unknown, name: string, ...args: readonly unknown[]): unknown => {
  const method = member(value, name);
  return typeof method === 'function' ? Reflect.apply(method, value, args) : undefined;
};

export const text = (value: unknown, ...names: readonly string[]): string | null => {
  const found = member(value, ...names);
  return typeof found === 'string' ? found : null;
};
