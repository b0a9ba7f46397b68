import type { LossHistory } from '../core/checkpoint/loss-history.ts';
import type { PointerMemory } from './folder-memory.ts';
import type { Access } from './json-reply.ts';
import type { ServerAddress } from './server-address.ts';

/** One look: where, and what it may still cost. */
export interface LookContext {
  readonly server: ServerAddress;
  readonly access: Access;
  /** The output folder. */
  readonly path: string;
  readonly left: { listings: number; proofs: number };
  /** Hears the losses of each trainer's state that is read; `null`: nobody does. */
  readonly onLossHistory: ((checkpoint: string, history: LossHistory) => void) | null;
  /** The texts beside the checkpoints that name the newest. */
  readonly pointers: readonly PointerMemory[];
}
