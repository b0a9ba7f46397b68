import type { Translate } from '../translate.ts';

/** The steps of saves in a row, few and many: `At 100, 200 … 600.`; `null`: none is known. */
export const savesPhrase = (t: Translate, saves: readonly number[]): string | null => {
  const [first, second] = saves;
  const last = saves.at(-1);
  if (first === undefined || last === undefined) return null;
  if (second === undefined) return t('plan_at_only', [String(first)]);
  if (saves.length === 2) return t('plan_at_both', [String(first), String(last)]);
  return t('plan_at_many', [String(first), String(second), String(last)]);
};
