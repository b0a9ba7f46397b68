import type { NoUse } from '../core/use/recipe.ts';
import type { InsertFailure } from './insert-failure.ts';

/** `one`: loads a checkpoint. `compare`: puts the same prompts to several. */
export type UseSort = 'one' | 'compare';

/** Why there is no text of such a cell. */
export type UseTrouble =
  | NoUse
  /** The server did not give the files that tell how it is loaded. */
  | 'files-not-read'
  /** It is not on the disk any more. */
  | 'not-on-disk'
  | 'folder-unknown';

/** The cell that uses checkpoints, as far as one was asked for. */
export interface UseCellView {
  /** Of the checkpoints, as their columns stand. */
  readonly names: readonly string[];
  readonly state:
    | { readonly kind: 'inserted' }
    /** The page gives no safe way to insert: the text is here to be copied. */
    | { readonly kind: 'copy'; readonly text: string }
    | {
        readonly kind: 'failed';
        readonly reason: InsertFailure;
        readonly text: string;
      }
    /** `path`: where the files of the first lie, as the kernel sees them. */
    | { readonly kind: 'impossible'; readonly reason: UseTrouble; readonly path: string };
}

export type UsesView = Readonly<Record<UseSort, UseCellView | null>>;
