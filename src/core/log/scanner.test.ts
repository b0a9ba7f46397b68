import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogEvent } from './log-event.ts';
import { createLogScanner, type LogScannerMode, scanText } from './scanner.ts';

const bar = (step: number, total: number): string =>
  `\r${Math.floor((100 * step) / total)}%|█▌        | ${step}/${total} [00:30<01:30,  2.00s/it]`;

function scanChunks(mode: LogScannerMode, chunks: readonly string[]): readonly LogEvent[] {
  const scanner = createLogScanner(mode);
  return [...chunks.flatMap((chunk) => scanner.push(chunk)), ...scanner.end()];
}

const kinds = (events: readonly LogEvent[]): readonly string[] =>
  events.map(({ kind, step }) => (step === null ? kind : `${kind} ${step}`));

describe('a log being written', () => {
  test('of several redraws in one chunk the last is told, before the line ends', () => {
    const scanner = createLogScanner();
    expect(kinds(scanner.push(bar(1, 9) + bar(2, 9) + bar(3, 9)))).toEqual(['progress 3']);
    expect(scanner.push(bar(3, 9))).toEqual([]);
    expect(kinds(scanner.push(bar(4, 9)))).toEqual(['progress 4']);
    expect(scanner.push('\n')).toEqual([]);
    expect(scanner.end()).toEqual([]);
  });

  test('a bar cut over two chunks is read when it is whole', () => {
    const scanner = createLogScanner();
    const text = bar(5, 9);
    expect(scanner.push(text.slice(0, -4))).toEqual([]);
    expect(kinds(scanner.push(text.slice(-4)))).toEqual(['progress 5']);
  });

  test('the same bar on the next line is new', () => {
    const scanner = createLogScanner();
    expect(kinds(scanner.push(bar(5, 9)))).toEqual(['progress 5']);
    expect(kinds(scanner.push(`\n${bar(5, 9)}`))).toEqual(['progress 5']);
  });

  test('a message glued to a bar is told when a redraw closes it, though the line goes on', () => {
    const scanner = createLogScanner();
    expect(kinds(scanner.push(`${bar(5, 9)}Saving model checkpoint to out/check`))).toEqual(['progress 5']);
    expect(scanner.push('point-5')).toEqual([]);
    expect(kinds(scanner.push(bar(6, 9)))).toEqual(['saved 5', 'progress 6']);
    expect(scanner.push('\n')).toEqual([]);
  });

  test('a path is not read before its line is complete', () => {
    const scanner = createLogScanner();
    expect(scanner.push('Saving model checkpoint to out/checkpoint-1')).toEqual([]);
    expect(kinds(scanner.push('000\n'))).toEqual(['saved 1000']);
  });

  test('a bar that is no training takes the place of the one before it', () => {
    const text = `${bar(5, 9)}\rEvaluating: 50%|█ | 1/2 [00:01<00:01, 1.00it/s]`;
    expect(createLogScanner().push(text)).toEqual([]);
  });

  test('of many lines that say the same with other numbers the first and the newest of a chunk are told', () => {
    const scanner = createLogScanner();
    const lines = (from: number, to: number): string =>
      Array.from({ length: to - from }, (_, i) => `step ${from + i} loss 0.${from + i}\n`).join('');
    expect(kinds(scanner.push(lines(1, 500)))).toEqual(['progress 1', 'progress 499']);
    expect(kinds(scanner.push(lines(500, 900)))).toEqual(['progress 500', 'progress 899']);
    expect(kinds(scanner.push(`${lines(900, 950)}Model saved to out/a.pt\n${lines(950, 999)}`))).toEqual([
      'progress 900',
      'progress 949',
      'saved',
      'progress 950',
      'progress 998',
    ]);
    expect(kinds(scanner.push('step 999 loss 0.9'))).toEqual([]);
    expect(kinds(scanner.end())).toEqual(['progress 999']);
    expect(kinds(scanText(lines(1, 100)))).toHaveLength(99);
  });

  test('the start of a run is one event at its first line, once the total is known', () => {
    const scanner = createLogScanner();
    expect(scanner.push('***** Running training *****\n  Num Epochs = 3\n')).toEqual([]);
    expect(scanner.push('  Total optimization steps = 1,200\n')).toMatchObject([
      { kind: 'train_start', total: 1200, line: 0 },
    ]);
    expect(scanner.end()).toEqual([]);
  });

  test('a start without a total is told when the run is seen going', () => {
    const scanner = createLogScanner();
    scanner.push('***** Running training *****\n');
    expect(kinds(scanner.push(bar(1, 9)))).toEqual(['train_start', 'progress 1']);
  });

  test('an end without summary is told when the log ends', () => {
    const scanner = createLogScanner();
    expect(scanner.push('Training completed. Do not forget to share your model\n')).toEqual([]);
    expect(kinds(scanner.end())).toEqual(['train_end']);
  });

  test('an end far behind another one is another one', () => {
    const end = 'Training completed. Do not forget to share your model\n';
    expect(kinds(scanText(end + 'x\n'.repeat(40) + end))).toEqual(['train_end', 'train_end']);
  });
});

/** A busy machine is no failure; an endless loop still ends. */
const PATIENCE_MS = 120_000;

const FOLDER = new URL('fixtures/', import.meta.url);
const logs = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.txt'))
  .map((file) => readFileSync(new URL(file, FOLDER), 'utf8'));

/** Pieces that formats begin to match at, so that random texts meet in the interesting places. */
const PIECES = [
  '[',
  ']',
  '%|',
  '9%',
  '|',
  '/',
  '1',
  '22',
  ' ',
  '\t',
  '\b',
  '\b\b\b',
  '\r',
  '\n',
  '\u001b[1m',
  '"',
  "'",
  'Epoch ',
  'epoch 3',
  'step ',
  ': ',
  'Saving ',
  'checkpoint to ',
  'out/a.pt',
  'loss: ',
  ' - ',
  'INFO',
  '... ',
  '1/8 [==>..] - ETA: 0s',
  'Epoch 2: saving model to ',
  'a/model_0000009.pth',
  '✅',
  '保存模型',
  '█',
] as const;
const hostile = fc.array(fc.constantFrom(...PIECES), { maxLength: 80 }).map((pieces) => pieces.join(''));

/** Logs and rubbish in any order: what a notebook's output can hold. */
const anyLog = fc
  .array(
    fc.oneof(
      fc.constantFrom(...logs),
      fc.string({ unit: 'binary' }),
      hostile,
      fc.nat(60).map((n) => bar(n, 60)),
    ),
    {
      maxLength: 6,
    },
  )
  .map((pieces) => pieces.join(''));
const cuts = fc.array(fc.oneof(fc.nat(4), fc.nat(400)), { maxLength: 60 });

function cut(text: string, lengths: readonly number[]): readonly string[] {
  const chunks: string[] = [];
  let at = 0;
  for (const length of lengths) {
    chunks.push(text.slice(at, at + length));
    at += length;
  }
  return [...chunks, text.slice(at)];
}

const PRINTED_IN_PARTS: readonly string[] = ['train_start', 'train_end', 'resumed'];

/** Told alike in both modes: redraws seen live can part what a stored log puts together. */
function comparable(events: readonly LogEvent[]): readonly (readonly unknown[])[] {
  return (
    events
      // Versions of packages are told of what is being written only.
      .filter(({ kind }) => !PRINTED_IN_PARTS.includes(kind) && kind !== 'versions')
      .toSorted((a, b) => a.line - b.line)
      .map(({ kind, path, step, epoch, total, line }) => [kind, path, step, epoch, total, line])
  );
}

describe('however a log is cut into chunks', () => {
  test('a stored one announces the same', { timeout: PATIENCE_MS }, () => {
    fc.assert(
      fc.property(anyLog, cuts, (text, lengths) => {
        expect(scanChunks('stored', cut(text, lengths))).toEqual(scanText(text));
      }),
    );
  });

  test(
    'one being written announces the same, and more only of its progress',
    { timeout: PATIENCE_MS },
    () => {
      fc.assert(
        fc.property(anyLog, cuts, (text, lengths) => {
          const live = comparable(scanChunks('live', cut(text, lengths)));
          const stored = comparable(scanText(text));
          for (const event of stored) expect(live).toContainEqual(event);
          const others = (events: typeof live) => events.filter(([kind]) => kind !== 'progress');
          expect(others(live)).toEqual(others(stored));
        }),
      );
    },
  );
});

test('any text is read without throwing', { timeout: PATIENCE_MS }, () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => {
      expect(() => scanText(text)).not.toThrow();
    }),
  );
});

describe('twenty megabytes made to be slow', () => {
  test.each([
    ['one line', 'a'],
    ['spaces', ' '],
    ['starts of bars', '9%|| 1/1 ['],
    ['backspaces', 'ab\b'],
    ['open brackets', '[1/1 00:0'],
    ['prefixes', '- a '],
    ['escapes', '\u001b['],
    ['keys of dicts', "{'loss': "],
    ['digits', '1234567890'],
    ['carriage returns', '\r'],
    ['nested quotes', `'"\`'"\``],
    ['lines of brackets', `${'['.repeat(30_000)}\n`],
    ['lines of digits', `${'1234567890'.repeat(3000)}\n`],
    ['lines of spaces', `${' '.repeat(30_000)}x\n`],
    ['lines of starts of bars', `${'9%|| 1/1 ['.repeat(3000)}\n`],
    ['lines of quotes', `${`'"\`'"\``.repeat(3000)}\n`],
    ['lines of prefixes', `${'2024-01-01 00:00:00 - INFO - '.repeat(1000)}\n`],
    ['lines of losses', `epoch ${'val loss: '.repeat(3000)}\n`],
    ['lines of saves', `Saving ${'model checkpoint to '.repeat(1500)}\n`],
    ['lines of improvements', `Epoch 1: ${'a improved from '.repeat(2000)}\n`],
    ['lines of best scores', `The best checkpoint with ${'0.3 a at 1 '.repeat(3000)}\n`],
    [
      'lines of saved states',
      `Epoch 1, global step 1: ${'a reached 1 (best 1), saving model to '.repeat(800)}\n`,
    ],
  ])('%s', { timeout: PATIENCE_MS }, (_name, unit) => {
    expect(scanText(unit.repeat(20_000_000 / unit.length))).toEqual([]);
  });
});

test('the ends of two short runs in a row are two', () => {
  const run =
    "{'loss': 1.5, 'learning_rate': 0.1, 'epoch': 1.0}\n{'train_runtime': 2.0, 'train_loss': 1.5, 'epoch': 1.0}\n";
  expect(kinds(scanText(run + run))).toEqual(['progress', 'train_end', 'progress', 'train_end']);
});

test('the finished bar drawn again does not part the end of a run from its summary', () => {
  const text = `Training completed. Do not forget to share\n{'train_runtime': 2.0, 'epoch': 1.0}\n${bar(9, 9)}\nTrainOutput(global_step=9, training_loss=1.0)`;
  expect(kinds(scanText(text))).toEqual(['train_end 9', 'progress 9']);
});
