import type { SourceValue } from './training-source.ts';

/** One thing that a dictionary given to `torch.save` holds. */
export interface SavedEntry {
  /** The key, without quotes. */
  readonly key: string;
  /** The value as written. */
  readonly value: string;
  /** `X` of `X.state_dict()`, else `null`. */
  readonly stateOf: string | null;
}

/** A call that saves from within the training: `torch.save({...}, path)`, `accelerator.save_state(path)`. */
export interface SavedState {
  readonly holds:
    | { readonly kind: 'dictionary'; readonly entries: readonly SavedEntry[] }
    /** `torch.save(model.state_dict(), …)` */
    | { readonly kind: 'state-dict'; readonly of: string }
    /** `torch.save(model, …)`, or something that cannot be followed. */
    | { readonly kind: 'object'; readonly name: string }
    /** All that belongs to the loop, by the library that drives it. */
    | { readonly kind: 'everything' };
  readonly folder: SourceValue<string>;
  /** The last part of its path; what changes from save to save stands as the code writes it. `null`: not followed. */
  readonly name: readonly NamePiece[] | null;
  /** Where in the loop it stands: after what trains in an epoch, or somewhere within it. */
  readonly when: 'after-epoch' | 'within-epoch' | 'outside-loop';
}

export type NamePiece =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'expression'; readonly code: string };
