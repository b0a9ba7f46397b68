import type { Unit } from '../../core/checkpoint/epochs.ts';
import type { Translate } from '../translate.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MEGABYTE = 1e6;
const GIGABYTE = 1e9;
const GIBIBYTE = 1024 ** 3;

const decimals = (t: Translate, value: number, digits: number): string =>
  new Intl.NumberFormat(t('ui_locale'), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: false,
  }).format(value);

/** A length of time as people say it; seconds in. */
export const spokenTime = (t: Translate, seconds: number): string => {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < MINUTE) return t('unit_seconds', [String(whole)]);
  const minutes = Math.round(whole / MINUTE);
  if (minutes < 60) return t('unit_minutes', [String(minutes)]);
  if (whole < DAY) {
    const rest = minutes % 60;
    const hours = String(Math.floor(minutes / 60));
    return rest === 0 ? t('unit_hours', [hours]) : t('unit_hours_minutes', [hours, String(rest)]);
  }
  const hours = Math.round(whole / HOUR);
  const days = String(Math.floor(hours / 24));
  return hours % 24 === 0 ? t('unit_days', [days]) : t('unit_days_hours', [days, String(hours % 24)]);
};

/** How long ago a moment was, both in milliseconds since the epoch. */
export const spokenAgo = (t: Translate, at: number, now: number): string => {
  const seconds = (now - at) / 1000;
  return seconds < 5 ? t('unit_just_now') : t('unit_ago', [spokenTime(t, seconds)]);
};

/** A size as people say it; decimal units, as file managers of the three systems use for disks. */
export const spokenSize = (t: Translate, bytes: number): string => {
  if (bytes < MEGABYTE / 10) return t('unit_tiny_size');
  const [value, key] =
    bytes >= 999.5 * MEGABYTE
      ? [bytes / GIGABYTE, 'unit_gigabytes' as const]
      : [bytes / MEGABYTE, 'unit_megabytes' as const];
  return t(key, [decimals(t, value, value < 9.95 ? 1 : 0)]);
};

/** Of a memory, in binary units, as Colab and the systems' own tools show it: "11.8 of 12.7 GB". */
export const spokenShare = (t: Translate, usedBytes: number, totalBytes: number): string => {
  const [unit, key] =
    totalBytes >= GIBIBYTE
      ? [GIBIBYTE, 'unit_gigabytes' as const]
      : [GIBIBYTE / 1024, 'unit_megabytes' as const];
  const digits = totalBytes / unit < 99.95 && unit === GIBIBYTE ? 1 : 0;
  const [used, total] = [usedBytes, totalBytes].map((bytes) => decimals(t, bytes / unit, digits));
  return t('unit_of', [used ?? '', t(key, [total ?? ''])]);
};

/** Speed: seconds per step when steps are slow, steps per second when they are fast; the time of an epoch. */
export const spokenSpeed = (t: Translate, secondsPerStep: number, unit: Unit = 'steps'): string => {
  if (unit === 'epochs') return t('unit_seconds_per_epoch', [spokenTime(t, secondsPerStep)]);
  if (secondsPerStep >= 1)
    return t('unit_seconds_per_step', [decimals(t, secondsPerStep, secondsPerStep < 99.95 ? 1 : 0)]);
  const stepsPerSecond = 1 / Math.max(secondsPerStep, 1e-6);
  return t('unit_steps_per_second', [decimals(t, stepsPerSecond, stepsPerSecond < 99.95 ? 1 : 0)]);
};

/** A loss with three decimals; very small and very large ones keep three digits, `NaN` stays readable. */
export const spokenLoss = (t: Translate, loss: number): string => {
  if (!Number.isFinite(loss)) return String(loss);
  const size = Math.abs(loss);
  if (loss === 0 || (size >= 0.01 && size < 10_000)) return decimals(t, loss, 3);
  return loss.toExponential(2);
};
