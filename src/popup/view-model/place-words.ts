import { shortName } from '../../core/plain-text.ts';
import type { RunView } from '../../protocol/popup-view.ts';
import type { Translate } from '../translate.ts';

/** A point of a run in a sentence: "step 400", or "epoch 3" where it counts epochs only. */
export const placeWords = (t: Translate, { unit }: Pick<RunView, 'unit'>, at: number): string =>
  t(unit === 'steps' ? 'place_step' : 'place_epoch', [String(at)]);

/** How far a checkpoint reaches; its name where it does not tell. */
export const reachWords = (
  t: Translate,
  run: Pick<RunView, 'unit'>,
  { name, step }: { readonly name: string; readonly step: number | null },
): string => (step === null ? shortName(name) : placeWords(t, run, step));

/** What is safe: "step 400", "epoch 3", "last.pt"; `null`: nothing. */
export const safeWords = (
  t: Translate,
  run: Pick<RunView, 'unit' | 'safeName' | 'safeStep'>,
): string | null =>
  run.safeName === null ? null : reachWords(t, run, { name: run.safeName, step: run.safeStep });
