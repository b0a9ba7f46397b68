import { randomBytes } from 'node:crypto';

/** Tokens of the runtime proxy: each is for one machine and a while. */
export interface Tokens {
  readonly issue: (managedId: string) => string;
  readonly isGood: (token: string | null, managedId: string) => boolean;
  /** All that are out stop working. */
  readonly expireAll: () => void;
}

export const newTokens = (lifetimeMs: number): Tokens => {
  const issued = new Map<string, { readonly managedId: string; readonly endsAt: number }>();
  return {
    issue: (managedId) => {
      const token = randomBytes(24).toString('base64url');
      issued.set(token, { managedId, endsAt: Date.now() + lifetimeMs });
      return token;
    },
    isGood: (token, managedId) => {
      const found = token === null ? undefined : issued.get(token);
      return found !== undefined && found.managedId === managedId && Date.now() < found.endsAt;
    },
    expireAll: () => issued.clear(),
  };
};
