import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readProgressTable, trueStep } from './progress-table.ts';

const bar = (value: number, total: number, caption: string): string => `
    <div>
      
      <progress value='${value}' max='${total}' style='width:300px; height:20px; vertical-align: middle;'></progress>
      ${caption}
    </div>
    `;

const table = (
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): string => `<table border="1" class="dataframe">
  <thead>
 <tr style="text-align: left;">
${columns.map((column) => `      <th>${column}</th>\n`).join('')}    </tr>
  </thead>
  <tbody>
${rows.map((row) => `    <tr>\n${row.map((cell) => `      <td>${cell}</td>\n`).join('')}    </tr>\n`).join('')}  </tbody>
</table><p>`;

describe('reading the display', () => {
  test('the first draw knows no time', () => {
    const html = bar(2, 1878, '[   2/1878 : < :, Epoch 0.00/3]') + table(['Step', 'Training Loss'], []);
    expect(readProgressTable(html)).toEqual({
      shownStep: 2,
      total: 1878,
      barValue: 2,
      epoch: 0,
      epochIsWhole: false,
      totalEpochs: 3,
      elapsedSeconds: null,
      remainingSeconds: null,
      stepsPerSecond: null,
      trainingLoss: null,
      validationLoss: null,
    });
  });

  test('in the middle of a run', () => {
    const rows = [
      ['250', '0.500000', 'No log'],
      ['1,500', '0.345600', '0.410000'],
    ];
    const html =
      bar(1601, 1878, '[1601/1878 1:02:05 < 05:44, 4.25 it/s, Epoch 2.55/3]') +
      table(['Step', 'Training Loss', 'Validation Loss'], rows);
    expect(readProgressTable(html)).toMatchObject({
      shownStep: 1601,
      elapsedSeconds: 3725,
      remainingSeconds: 344,
      stepsPerSecond: 4.25,
      epoch: 2.55,
      trainingLoss: { value: 0.3456, step: 1500, epoch: null },
      validationLoss: { value: 0.41, step: 1500, epoch: null },
    });
  });

  test('a table by epochs, with metrics of the user and a row without a loss', () => {
    const rows = [
      ['1', '0.7', '0.6', '0.8'],
      ['2', 'No log', '0.5', '0.9'],
    ];
    const html =
      bar(9, 20, '[ 9/20 00:05 < 00:06, +inf it/s, Epoch 2/5]') +
      table(['Epoch', 'Training Loss', 'Validation Loss', 'Accuracy'], rows);
    expect(readProgressTable(html)).toMatchObject({
      stepsPerSecond: null,
      trainingLoss: { value: 0.7, step: null, epoch: 1 },
      validationLoss: { value: 0.5, step: null, epoch: 2 },
    });
  });

  test('the bar of an evaluation below the table is not the run', () => {
    const html =
      bar(51, 100, '[ 51/100 00:05 < 00:05, 10.00 it/s, Epoch 0.50/1]') +
      table(['Step', 'Training Loss'], [['50', '1.5']]) +
      bar(3, 25, '[ 3/25 00:01 < 00:02, 9.00 it/s]');
    expect(readProgressTable(html)).toMatchObject({ shownStep: 51, trainingLoss: { value: 1.5, step: 50 } });
  });

  test('of a table longer than the limit the newest rows are read', () => {
    const rows = Array.from({ length: 40_000 }, (_, i) => [String(i + 1), `${i}.5`]);
    const html =
      bar(2, 9, '[ 2/9 00:05 < 00:05, 10.00 it/s, Epoch 0.50/1]') + table(['Step', 'Training Loss'], rows);
    expect(html.length).toBeGreaterThan(1024 * 1024);
    expect(readProgressTable(html)?.trainingLoss).toEqual({ value: 39_999.5, step: 40_000, epoch: null });
  });

  test('a run without a known length', () => {
    const html = bar(2, 60, '[ 2/60 : < :, Epoch 0.02/9223372036854775807]');
    expect(readProgressTable(html)).toMatchObject({ shownStep: 2, total: 60, epoch: 0.02 });
  });
});

describe('what is not the display of a training', () => {
  test.each([
    ['nothing', ''],
    ['a table of pandas', table(['Step', 'Training Loss'], [['1', '2']])],
    ['the bar of an evaluation', bar(3, 25, '[ 3/25 00:01 < 00:02, 9.00 it/s]')],
    ['a bar of fastai', bar(3, 25, '12.00% [3/25 00:01&lt;00:02]')],
    ['a caption alone', '[ 3/25 00:01 < 00:02, 9.00 it/s, Epoch 0.10/1]'],
    ['a caption inside a table', `<progress></progress><table><td>[3/25 00:01, Epoch 0/1]</td></table>`],
  ])('%s', (_name, html) => {
    expect(readProgressTable(html)).toBeNull();
  });

  test('any text is read without throwing', { timeout: 120_000 }, () => {
    const pieces = [
      '<progress',
      " value='",
      '</progress>',
      '[1/2 00:01, Epoch 0/1]',
      '<th>Step',
      '</thead>',
      '<tr',
      '<td>',
    ];
    const text = fc
      .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 20 })), {
        maxLength: 60,
      })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(text, (html) => {
        expect(() => readProgressTable(html)).not.toThrow();
      }),
    );
  });
});

describe('the step the run has finished', () => {
  const step = (value: number, caption: string): number | null => {
    const found = readProgressTable(bar(value, 60, caption));
    return found === null ? null : trueStep(found);
  };

  test.each([
    ['the first draw comes after step 1', 2, '[ 2/60 : < :, Epoch 0.02/1]', 1],
    ['while training it is one ahead', 31, '[31/60 00:05 < 00:05, 6.00 it/s, Epoch 0.50/1]', 30],
    ['after the last but one step the caption has reached the total', 60, '[60/60 00:09, Epoch 0.98/1]', 59],
    ['after the last step the bar has passed the total', 61, '[60/60 00:10, Epoch 1/1]', 60],
    ['the last step of a run cut by max_steps', 61, '[60/60 00:10, Epoch 0.02/1]', 60],
    ['the final draw', 60, '[60/60 00:10, Epoch 0/1]', 60],
    ['never below zero', 0, '[ 0/60 : < :, Epoch 0/1]', 0],
  ])('%s', (_name, value, caption, expected) => {
    expect(step(value, caption)).toBe(expected);
  });
});
