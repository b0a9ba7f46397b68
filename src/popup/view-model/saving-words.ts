import { keptOf, savesAt, savingOf, type PresetName, type Saving } from '../../core/saving/saving.ts';
import { settingsArguments, settingsLines } from '../../core/saving/settings-cell.ts';
import type { MessageKey } from '../../protocol/messages-key.ts';
import type { SavingView } from '../../protocol/saving-view.ts';
import { shortName } from '../../core/plain-text.ts';
import type { Translate } from '../translate.ts';
import { savesPhrase } from './saves-phrase.ts';
import { spokenSize } from './quantities.ts';

type OfferedPreset = Exclude<PresetName, 'own'>;

const NAMES = {
  steady: 'saving_steady',
  unstable: 'saving_unstable',
  'little-disk': 'saving_little_disk',
  best: 'saving_best',
  'at-end': 'saving_at_end',
  announce: 'saving_announce',
} as const satisfies Record<OfferedPreset, MessageKey>;

/** One of the offered settings, with what it would do for this run. */
export interface SavingChoice {
  readonly preset: OfferedPreset;
  readonly name: string;
  readonly detail: string;
  readonly saving: Saving;
}

/** @param announces Whether a line is to be printed at each save, too. */
export const savingChoices = (
  t: Translate,
  view: SavingView,
  announces: boolean,
): readonly SavingChoice[] => {
  const offered: readonly OfferedPreset[] = ['steady', 'unstable', 'little-disk', 'best', 'at-end'];
  const all = view.way === 'insert' ? [...offered, 'announce' as const] : offered;
  return all.map((preset) => {
    const saving = savingOf(preset, view.maxSteps, announces);
    return { preset, name: t(NAMES[preset]), detail: savingDetail(t, view, saving), saving };
  });
};

/** When it saves, what stays, how much room that takes, and what has to be known besides. */
export const savingDetail = (t: Translate, view: SavingView, saving: Saving): string => {
  const { saveSteps, keep, best } = saving;
  if (saveSteps === null) return t('saving_detail_announce');
  const saves = view.maxSteps === null ? [] : savesAt(saving, view.maxSteps);
  const parts = [
    savesPhrase(t, saves) ?? everyPhrase(t, saveSteps),
    isAtEnd(saving, view) ? null : keptPhrase(t, keep),
    sizePhrase(t, view, keptOf(saving, view.maxSteps === null ? Infinity : saves.length)),
    best ? t('saving_detail_best') : null,
    isAtEnd(saving, view) ? t('saving_detail_at_end') : null,
  ];
  return parts.filter((part) => part !== null).join(' ');
};

const isAtEnd = ({ saveSteps }: Saving, { maxSteps }: SavingView): boolean =>
  saveSteps !== null && (saveSteps < 1 || (maxSteps !== null && saveSteps >= maxSteps));

const everyPhrase = (t: Translate, saveSteps: number): string =>
  saveSteps < 1 ? t('saving_detail_last_step') : t('saving_detail_every', [String(saveSteps)]);

const keptPhrase = (t: Translate, keep: number | null): string => {
  if (keep === null) return t('plan_keeps_all');
  return keep === 1 ? t('plan_keeps_one') : t('plan_keeps_last', [String(keep)]);
};

/** All that is kept; of a run that keeps all, and whose length nobody knows, it cannot be told. */
const sizePhrase = (t: Translate, { checkpointBytes }: SavingView, kept: number): string | null =>
  checkpointBytes === null || !Number.isFinite(kept)
    ? null
    : t('saving_detail_size', [spokenSize(t, checkpointBytes * kept)]);

/** The row under which the choices lie. */
export const savingHeading = (t: Translate, view: SavingView): string => {
  if (view.inserted === null) return t('saving_open');
  return t(view.inserted.ran ? 'saving_open_ran' : 'saving_open_inserted');
};

/** Above the choices: what they are for, and where they go. */
export const savingHints = (t: Translate, view: SavingView): readonly string[] => [
  view.maxSteps === null ? t('saving_hint_length_unknown') : t('saving_hint_length', [String(view.maxSteps)]),
  wayHint(t, view),
];

const wayHint = (t: Translate, { way, className }: SavingView): string => {
  switch (way) {
    case 'insert':
      return t('saving_hint_insert');
    case 'lines':
      return t('saving_hint_lines');
    case 'arguments':
      return t('saving_hint_arguments', [shortName(className ?? 'TrainingArguments')]);
    default:
      return way satisfies never;
  }
};

/** The text to copy where no cell can be put in; `null` where one can. */
export const savingText = ({ way, trainer }: SavingView, saving: Saving): string | null => {
  if (way === 'insert') return null;
  return way === 'lines' && trainer !== null ? settingsLines(trainer, saving) : settingsArguments(saving);
};
