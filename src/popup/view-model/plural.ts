import type { MessageKey } from '../../protocol/messages-key.ts';
import type { Translate } from '../translate.ts';

type PluralBaseOf<Key> = Key extends `${infer Base}_other`
  ? `${Base}_one` extends MessageKey
    ? Base
    : never
  : never;
/** Keys that exist as `…_one` and `…_other`. */
export type PluralBase = PluralBaseOf<MessageKey>;

/** The sentence for a number of things; `substitutions` default to the number itself. */
export const plural = (
  t: Translate,
  base: PluralBase,
  count: number,
  substitutions: readonly string[] = [String(count)],
): string => {
  const category = new Intl.PluralRules(t('ui_locale')).select(count);
  return category === 'one'
    ? t(`${base}_one` as const, substitutions)
    : t(`${base}_other` as const, substitutions);
};
