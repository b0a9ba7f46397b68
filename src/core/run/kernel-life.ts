import * as v from 'valibot';
import type { KernelLoss } from '../recovery/diagnosis.ts';

/**
 * What happens to the kernel of one notebook, made from what the page sees of it.
 *
 * ```text
 *            restarting                autorestarting
 *   alive ──────────────► restarting ────────────────► dead ──┐
 *     │ ▲                     │ nothing more for 0.5 s        │ starting, idle, busy
 *     │ │                     ▼                               │ (a kernel is there again)
 *     │ └──────────────── restarted ◄─────────────────────────┘
 *     │ terminating, no kernel any more
 *     ├──────────────► shut down ── another kernel ──► alive
 *     │ connecting, disconnected
 *     └──────────────► out of reach ── connected ──► alive
 *                            └── no kernel, dead, another kernel ──► lost: not there when the line came back
 * ```
 *
 * JupyterLab says `restarting` in both cases; only a death that the server noticed is followed, within a few
 * milliseconds, by `autorestarting` (seen in 4.6.6 with jupyter_server 2.21, which looks every 3 s).
 */
export const kernelLifeSchema = v.object({
  id: v.nullable(v.string()),
  state: v.picklist(['alive', 'restarting', 'gone', 'out-of-reach']),
  since: v.number(),
});
export type KernelLife = v.InferOutput<typeof kernelLifeSchema>;

export type KernelEvent =
  /** What the line said last; `src/core/recovery/diagnosis.ts` makes a cause of it. */
  | { readonly kind: 'lost'; readonly said: KernelLoss }
  | { readonly kind: 'out-of-reach' }
  | { readonly kind: 'in-reach' }
  | { readonly kind: 'back' };

/** How long `restarting` may stand alone before it means that somebody asked for it. */
export const RESTART_GRACE_MS = 500;

export interface KernelStep {
  readonly life: KernelLife;
  readonly events: readonly KernelEvent[];
}

export type KernelInput =
  | 'starting'
  | 'idle'
  | 'busy'
  | 'restarting'
  | 'autorestarting'
  | 'dead'
  | 'terminating'
  | 'connecting'
  | 'disconnected'
  | 'connected'
  /** The notebook has no kernel any more. */
  | 'none'
  /** Time passed. */
  | 'clock';

/** One step of the machine above. `id` is the kernel the page speaks of now. */
export const stepKernel = (
  life: KernelLife,
  input: KernelInput,
  id: string | null,
  at: number,
): KernelStep => {
  const to = (state: KernelLife['state'], ...events: KernelEvent[]): KernelStep => ({
    life: { id: id ?? life.id, state, since: state === life.state ? life.since : at },
    events,
  });
  const asked = life.state === 'restarting';
  const outOfReach = life.state === 'out-of-reach';
  /** Of what happened while the line was away only the result is seen. */
  const lost = (said: KernelLoss): KernelEvent => ({ kind: 'lost', said: outOfReach ? 'not-there' : said });
  const isAnother = life.id !== null && id !== null && id !== life.id;
  switch (input) {
    case 'restarting':
      return life.state === 'gone' ? to('gone') : to('restarting');
    case 'autorestarting':
      return life.state === 'gone' ? to('gone') : to('gone', { kind: 'lost', said: 'died' });
    case 'dead':
      return life.state === 'gone' ? to('gone') : to('gone', lost('dead'));
    case 'terminating':
    case 'none':
      return life.state === 'gone' ? to('gone') : to('gone', lost('shut-down'));
    case 'connecting':
    case 'disconnected':
      // The line of a next kernel says nothing of this one yet; it must not pass for it.
      if (isAnother) return { life, events: [] };
      return life.state === 'alive' ? to('out-of-reach', { kind: 'out-of-reach' }) : to(life.state);
    case 'connected':
      if (isAnother && life.state === 'gone') return to('alive', { kind: 'back' });
      if (isAnother) return to('alive', lost('another'), { kind: 'back' });
      return life.state === 'out-of-reach' ? to('alive', { kind: 'in-reach' }) : to(life.state);
    case 'starting':
    case 'idle':
    case 'busy':
      if (isAnother && life.state !== 'gone') return to('alive', lost('another'), { kind: 'back' });
      if (asked)
        return at - life.since >= RESTART_GRACE_MS
          ? to('alive', { kind: 'lost', said: 'restarted' }, { kind: 'back' })
          : to('restarting');
      return life.state === 'gone' ? to('alive', { kind: 'back' }) : to(life.state);
    case 'clock':
      return asked && at - life.since >= RESTART_GRACE_MS
        ? to('alive', { kind: 'lost', said: 'restarted' }, { kind: 'back' })
        : to(life.state);
    default:
      return input satisfies never;
  }
};
