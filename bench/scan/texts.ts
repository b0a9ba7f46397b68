/** A text to be read, in chunks as a kernel sends them. */
export interface BenchText {
  readonly what: string;
  /** A few megabytes, flat strings (of 64 Ki characters each, unless told otherwise); they are read again and again. */
  readonly chunks: readonly string[];
}

const CHUNK_LENGTH = 64 * 1024;
const POOL_LENGTH = 4 * 1024 * 1024;

/** The same numbers in each run (a linear congruential generator, Numerical Recipes). */
function createNumbers(): (below: number) => number {
  let state = 42;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
}

const decimals = (value: number, digits: number): string => (value / 10 ** digits).toFixed(digits);

type Line = (step: number, number: (below: number) => number) => string;

const HALF_BAR = '████████████████▌               ';

/** What training prints nearly all of the time: progress and metrics, with what libraries and users add to it. */
const PLAIN: readonly Line[] = [
  (step, n) =>
    `{'loss': ${decimals(n(90_000), 4)}, 'grad_norm': ${decimals(n(9000), 3)}, 'learning_rate': ${n(9)}.5e-05, 'epoch': ${decimals(step, 2)}}\n`,
  (step, n) =>
    `[09/02 02:37:00 d2.utils.events]:  eta: 0:05:22  iter: ${step}  total_loss: ${decimals(n(9000), 3)}  loss_cls: 0.7124  loss_box_reg: 0.6  time: 1.0112  data_time: 0.0121  lr: 1.6e-05  max_mem: 2725M\n`,
  (step, n) =>
    `2022-11-21 09:36:18,450 - mmdet - INFO - Epoch [${1 + n(12)}][${step % 930}/930]\tlr: 2.000e-02, eta: 3:10:11, time: 0.310, data_time: 0.008, memory: 3921, loss_rpn_cls: 0.0312, loss: ${decimals(n(9000), 4)}\n`,
  (step, n) =>
    `2022-07-27 10:50:27 | INFO | train_inner | epoch 003:    ${step % 389} / 389 loss=${decimals(n(9000), 3)}, nll_loss=3.1, ppl=8.59, wps=20012.1, ups=5.6, wpb=3580.1, bsz=145, num_updates=${step}, lr=0.0004, gnorm=1.1, train_wall=17, wall=90\n`,
  (step, n) =>
    `iter ${step}: loss ${decimals(n(90_000), 4)}, time ${decimals(n(90_000), 2)}ms, mfu ${decimals(n(900), 2)}%\n`,
  (step, n) =>
    `Epoch [${1 + n(20)}/20], Step [${step % 938}/938], Loss: ${decimals(n(90_000), 4)}, Accuracy: ${decimals(n(9999), 2)}\n`,
  (step, n) => `step ${step} train_loss=${decimals(n(9000), 4)} val_loss=${decimals(n(9000), 4)} lr=0.0003\n`,
  (step) =>
    `[2023-08-15 07:22:31,767] [INFO] [logging.py:96:log_dist] [Rank 0] step=${step}, skipped=0, lr=[0.0001], mom=[(0.9, 0.999)]\n`,
  (_step, n) => `Batch ${n(900)}: forward 0.0${n(90)} s, backward 0.0${n(90)} s, data 0.00${n(9)} s\n`,
  () =>
    `/usr/local/lib/python3.12/dist-packages/torch/utils/data/dataloader.py:665: UserWarning: 'pin_memory' argument is set as true but no accelerator is found.\n`,
  (_step, n) => `  warnings.warn(f"sample {${n(900)}} was longer than 512 tokens and has been cut")\n`,
  (step, n) =>
    `${1 + n(40)}/40   epoch done   ${decimals(n(90_000), 4)}   ${decimals(n(90_000), 4)}   ${step}\n`,
];

/** Bars drawn over themselves. */
const BARS: readonly Line[] = [
  (step) => `\r ${step % 100}%|${HALF_BAR}| ${step}/100000 [12:30<3:10:02,  1.47s/it]`,
  (step, n) =>
    `\rEpoch ${1 + n(20)}:  45%|${HALF_BAR}| ${step % 200}/200 [00:10<00:12,  8.91it/s, v_num=0, train_loss=${decimals(n(900), 3)}]`,
  (step, n) =>
    `\r ${step % 1875}/1875 [==============>...............] - ETA: 4s - loss: ${decimals(n(9000), 4)} - accuracy: 0.9101`,
  (step) =>
    `\n Downloading model.safetensors:  ${step % 100}%|${HALF_BAR}| 219M/440M [00:04<00:04, 54.1MB/s]`,
];

function flatChunks(next: () => string): readonly string[] {
  const pieces: string[] = [];
  for (let length = 0; length < POOL_LENGTH; length += pieces.at(-1)?.length ?? 0) pieces.push(next());
  const text = pieces.join('');
  const chunks: string[] = [];
  for (let at = 0; at < text.length; at += CHUNK_LENGTH) {
    // A slice would keep the whole text behind it; what arrives from a socket does not.
    chunks.push(Buffer.from(text.slice(at, at + CHUNK_LENGTH)).toString());
  }
  return chunks;
}

function printed(what: string, lines: readonly Line[]): BenchText {
  const number = createNumbers();
  let step = 0;
  const next = (): string => {
    step += 1;
    return lines[number(lines.length)]?.(step, number) ?? '';
  };
  return { what, chunks: flatChunks(next) };
}

const repeated = (what: string, unit: string): BenchText => ({
  what,
  chunks: flatChunks(() => unit.repeat(Math.ceil(8192 / unit.length))),
});

export const ordinaryTexts = (): readonly BenchText[] => [
  printed('lines of training', PLAIN),
  printed('lines and redrawn bars', [...PLAIN, ...BARS, ...BARS, ...BARS]),
];

/** As tqdm writes to a notebook: each redraw is a message of its own, read as soon as it comes. */
export function redrawsOneByOne(): BenchText {
  const redraw = BARS[0] ?? (() => '');
  const number = createNumbers();
  const chunks = Array.from({ length: 50_000 }, (_, step) => Buffer.from(redraw(step, number)).toString());
  return { what: 'a bar redrawn, one push each', chunks };
}

/** Made to be slow: what a reader could begin to match at each character. */
export const adversarialTexts = (): readonly BenchText[] => [
  repeated('one endless line', 'a'),
  repeated('open brackets', '['),
  repeated('lines of brackets', `${'['.repeat(30_000)}\n`),
  repeated('lines of digits', `${'1234567890'.repeat(3000)}\n`),
  repeated('lines of spaces', `${' '.repeat(30_000)}x\n`),
  repeated('lines of bar starts', `${'9%|| 1/1 ['.repeat(3000)}\n`),
  repeated('lines of quotes', `${`'"\`'"\``.repeat(3000)}\n`),
  repeated('lines of prefixes', `${'2024-01-01 00:00:00 - INFO - '.repeat(1000)}\n`),
  repeated('lines of losses', `epoch 1 ${'val loss: '.repeat(3000)}\n`),
  repeated('lines of saves', `Saving ${'model checkpoint to '.repeat(1500)}\n`),
  repeated('carriage returns', '\r'),
  repeated('short redraws', '9%\r'),
  repeated('backspaces', `${'ab'.repeat(40)}${'\b'.repeat(80)}`),
  repeated('colours', '\u001b[1m\u001b[0m'),
  repeated('empty lines', '\n'),
];
