import * as v from 'valibot';
import { insertFailureSchema } from '../protocol/insert-failure.ts';
import type { UseCellView, UseSort, UsesView } from '../protocol/use-view.ts';

/** The last cell of a sort that was asked for, and what became of it. */
const useSchema = v.object({
  names: v.pipe(v.array(v.string()), v.readonly()),
  state: v.variant('kind', [
    v.object({ kind: v.literal('inserted'), cellId: v.string(), source: v.string() }),
    v.object({ kind: v.literal('copy'), text: v.string() }),
    v.object({ kind: v.literal('failed'), reason: insertFailureSchema, text: v.string() }),
    v.object({
      kind: v.literal('impossible'),
      reason: v.picklist([
        'no-config',
        'no-base-model',
        'no-tokenizer',
        'framework-unknown',
        'model-unknown',
        'class-unknown',
        'not-comparable',
        'different-kinds',
        'files-not-read',
        'not-on-disk',
        'folder-unknown',
      ]),
      path: v.string(),
    }),
  ]),
});
export type Use = v.InferOutput<typeof useSchema>;

export const usesSchema = v.object({ one: v.nullable(useSchema), compare: v.nullable(useSchema) });
export type Uses = Readonly<Record<UseSort, Use | null>>;

export const NO_USES: Uses = { one: null, compare: null };

/**
 * What the popup shows of them.
 *
 * @param cells The notebook's code cells as they stand now; empty where the page cannot tell. A cell that its user deleted is not
 *   said to be there.
 */
export const usesView = (uses: Uses, cells: readonly { readonly id: string }[]): UsesView => {
  const shown = (use: Use | null): UseCellView | null => {
    if (use?.state.kind !== 'inserted') return use === null ? null : { ...use, state: use.state };
    const { cellId } = use.state;
    const isThere = cells.length === 0 || cells.some(({ id }) => id === cellId);
    return isThere ? { names: use.names, state: { kind: 'inserted' } } : null;
  };
  return { one: shown(uses.one), compare: shown(uses.compare) };
};
