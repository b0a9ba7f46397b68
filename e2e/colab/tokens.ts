import { randomBytes } from 'node:crypto';

/** Tokens of the runtime proxy: each is for one machine and a while. */
export interface Tokens {
  readonly issue: (managedId: string) => string;
  readonly isGood: (token: string | null, managedId: string) => boolean;
  /** Every token that ever was out. */
  readonly all: () => readonly string[];
  /** All that are out stop working. */
  readonly expireAll: () => void;
}

export const newTokens = (lifetimeMs: number): Tokens => {
  const ever: string[] = [];
  const issued = new Map<string, { readonly managedId: string; readonly endsAt: number }>();
  return {
    issue: (managedId) => {
      const token = randomBytes(24).toString('base64url');
      ever.push(token);
      issued.set(token, { managedId, endsAt: Date.now() + lifetimeMs });
      return token;
    },
    isGood: (token, managedId) => {
      const found = token === null ? undefined : issued.get(token);
      return found !== undefined && found.managedId === managedId && Date.now() < found.endsAt;
    },
    all: () => [...ever],
    expireAll: () => issued.clear(),
  };
};
