import {
  keptOf,
  savesAt,
  settingsOf,
  type PresetName,
  type SaveSettings,
} from '../../core/save-settings/save-settings.ts';
import { settingsArguments, settingsLines } from '../../core/save-settings/settings-cell.ts';
import type { MessageKey } from '../../protocol/messages-key.ts';
import type { SaveSettingsView } from '../../protocol/save-settings-view.ts';
import { shortName } from '../../core/plain-text.ts';
import type { Translate } from '../translate.ts';
import { savesPhrase } from './saves-phrase.ts';
import { spokenSize } from './quantities.ts';

type OfferedPreset = Exclude<PresetName, 'own'>;

const NAMES = {
  steady: 'settings_steady',
  unstable: 'settings_unstable',
  'little-disk': 'settings_little_disk',
  best: 'settings_best',
  'at-end': 'settings_at_end',
  announce: 'settings_announce',
} as const satisfies Record<OfferedPreset, MessageKey>;

/** One of the offered settings, with what it would do for this run. */
export interface OfferedSettings {
  readonly preset: OfferedPreset;
  readonly name: string;
  readonly detail: string;
  readonly settings: SaveSettings;
}

/** @param announces Whether a line is to be printed at each save, too. */
export const offeredSettings = (
  t: Translate,
  view: SaveSettingsView,
  announces: boolean,
): readonly OfferedSettings[] => {
  const offered: readonly OfferedPreset[] = ['steady', 'unstable', 'little-disk', 'best', 'at-end'];
  const all = view.way === 'insert' ? [...offered, 'announce' as const] : offered;
  return all.map((preset) => {
    const settings = settingsOf(preset, view.maxSteps, announces);
    return { preset, name: t(NAMES[preset]), detail: settingsDetail(t, view, settings), settings };
  });
};

/** When it saves, what stays, how much room that takes, and what has to be known besides. */
export const settingsDetail = (t: Translate, view: SaveSettingsView, settings: SaveSettings): string => {
  const { saveSteps, keep, best } = settings;
  if (saveSteps === null) return t('settings_detail_announce');
  const saves = view.maxSteps === null ? [] : savesAt(settings, view.maxSteps);
  const parts = [
    savesPhrase(t, saves) ?? everyPhrase(t, saveSteps),
    isAtEnd(settings, view) ? null : keptPhrase(t, keep),
    sizePhrase(t, view, keptOf(settings, view.maxSteps === null ? Infinity : saves.length)),
    best ? t('settings_detail_best') : null,
    isAtEnd(settings, view) ? t('settings_detail_at_end') : null,
  ];
  return parts.filter((part) => part !== null).join(' ');
};

const isAtEnd = ({ saveSteps }: SaveSettings, { maxSteps }: SaveSettingsView): boolean =>
  saveSteps !== null && (saveSteps < 1 || (maxSteps !== null && saveSteps >= maxSteps));

const everyPhrase = (t: Translate, saveSteps: number): string =>
  saveSteps < 1 ? t('settings_detail_last_step') : t('settings_detail_every', [String(saveSteps)]);

const keptPhrase = (t: Translate, keep: number | null): string => {
  if (keep === null) return t('plan_keeps_all');
  return keep === 1 ? t('plan_keeps_one') : t('plan_keeps_last', [String(keep)]);
};

/** All that is kept; of a run that keeps all, and whose length nobody knows, it cannot be told. */
const sizePhrase = (t: Translate, { checkpointBytes }: SaveSettingsView, kept: number): string | null =>
  checkpointBytes === null || !Number.isFinite(kept)
    ? null
    : t('settings_detail_size', [spokenSize(t, checkpointBytes * kept)]);

/** The row under which the choices lie. */
export const settingsHeading = (t: Translate, view: SaveSettingsView): string => {
  if (view.inserted === null) return t('settings_open');
  return t(view.inserted.ran ? 'settings_open_ran' : 'settings_open_inserted');
};

/** Above the choices: what they are for, and where they go. */
export const settingsHints = (t: Translate, view: SaveSettingsView): readonly string[] => [
  view.maxSteps === null
    ? t('settings_hint_length_unknown')
    : t('settings_hint_length', [String(view.maxSteps)]),
  wayHint(t, view),
];

const wayHint = (t: Translate, { way, className }: SaveSettingsView): string => {
  switch (way) {
    case 'insert':
      return t('settings_hint_insert');
    case 'lines':
      return t('settings_hint_lines');
    case 'arguments':
      return t('settings_hint_arguments', [shortName(className ?? 'TrainingArguments')]);
    default:
      return way satisfies never;
  }
};

/** The text to copy where no cell can be put in; `null` where one can. */
export const settingsText = ({ way, trainer }: SaveSettingsView, settings: SaveSettings): string | null => {
  if (way === 'insert') return null;
  return way === 'lines' && trainer !== null ? settingsLines(trainer, settings) : settingsArguments(settings);
};
