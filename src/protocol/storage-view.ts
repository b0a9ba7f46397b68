import type { StorageRoom } from '../core/run/storage-forecast.ts';

/** The disk that a run's checkpoints lie on. */
export interface StorageView {
  /** Checkpoints that lie there. */
  readonly count: number;
  readonly heldBytes: number;
  /** `null`: the server does not tell. */
  readonly freeBytes: number | null;
  /** For the saves that are still to come; `unknown` when nothing trains. */
  readonly room: StorageRoom;
}
