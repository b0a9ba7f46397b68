import { type Announcement, type LogFormat, numberFirst } from '../log-format.ts';

/**
 * The rows of YOLOv5 and later: `      1/100      2.3G      1.234 …        640: 100%|██████████| 50/50 [00:12<00:00, 4.1it/s]`.
 * The bar counts the batches of one epoch. Since 8.3.190 it is not tqdm's: `100% ━━━━━━━━━━━━ 50/50 4.1it/s 12.2s`.
 *
 * Source: as `ultralytics.ts`; ultralytics `utils/tqdm.py`. Rows of a validation begin with names of columns.
 */
export const ultralyticsProgress: LogFormat = {
  name: 'ultralytics-progress',
  readsUnfinishedLines: true,
  phrases: numberFirst(
    (message) => (message.includes('% ') && PERCENT.test(message) ? row(message) : null),
    '/',
  ),
  bar: ({ description }) => (description === '' ? null : row(description)),
};

const PERCENT = /: {1,4}\d{1,3}% /;
const ROW =
  /^(\d{1,9})\/\d{1,9}\s{1,20}\d{1,6}(?:\.\d{1,6})?[GM]?(?:\s{1,20}(?:[\d.]{1,20}|nan)){1,20}(?=:|$)/;

function row(text: string): Announcement | null {
  const epoch = ROW.exec(text)?.[1];
  return epoch === undefined ? null : { kind: 'progress', epoch: Number(epoch) };
}
