export interface Notifier<T> {
  /** Answers a function that ends it. */
  readonly listen: (listener: (value: T) => void) => () => void;
  readonly emit: (value: T) => void;
}

export const newNotifier = <T>(): Notifier<T> => {
  const listeners = new Set<(value: T) => void>();
  return {
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    emit: (value) => {
      for (const listener of listeners) listener(value);
    },
  };
};
