/**
 * Why a server did not do what it was asked for, as far as a person is told. The kinds are those of `src/runtime`
 * (`failure.ts` says what each means) and of what is built on it; `server-trouble.test.ts` of the background, which knows
 * both, keeps them the same.
 */
export type ServerTrouble =
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'cross-site' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'disk-full' }
  | { readonly kind: 'too-large' }
  /** `null`: the server did not say how long to wait. */
  | { readonly kind: 'too-many-requests'; readonly retryAfterMs: number | null }
  | { readonly kind: 'server-error'; readonly status: number }
  | { readonly kind: 'server-stopped' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'stalled'; readonly afterMs: number }
  | { readonly kind: 'not-understood'; readonly status: number }
  | { readonly kind: 'aborted' }
  /** It gives files only from their start: what broke off begins anew. */
  | { readonly kind: 'no-range' }
  /** What lies there is not what was sent. */
  | { readonly kind: 'corrupted' }
  | { readonly kind: 'tree-too-large'; readonly bound: 'entries' | 'depth'; readonly most: number }
  /** The page gives no way to a server, or none of its ways answers. */
  | { readonly kind: 'no-server' };
