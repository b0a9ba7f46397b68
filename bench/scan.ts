/**
 * `npm run bench -- scan [--quick]`: how fast the scanner reads what a kernel prints, in chunks of 64 Ki characters as from a
 * socket, on one core: 100 MB each of two ordinary logs, 10 MB of a bar whose redraws come one by one, and 100 MB of texts
 * made to be slow. Beside it, what nobody could go below: cutting the text into lines and trying one regular expression on
 * each. Everybody reads everything three times in turn (`--quick`: a tenth of it); the best time counts. It is processor time,
 * so that a busy machine does not count, though it still slows everybody down; a megabyte is a million characters.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { reportOf, type BenchRow } from '../scripts/bench/report.ts';
import { createLogScanner } from '../src/core/log/scanner.ts';
import { adversarialTexts, ordinaryTexts, redrawsOneByOne, type BenchText } from './scan/texts.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const TOTAL_LENGTH = values.quick ? 10_000_000 : 100_000_000;
const TURNS = 3;
const TARGET_MB_PER_SECOND = 100;

/** Reads chunks as they come and answers how much it found, so that nothing can be skipped. */
type Reader = () => (chunk: string) => number;

const scanner: Reader = () => {
  const reading = createLogScanner();
  return (chunk) => reading.push(chunk).length;
};

const WORDS = /saved|saving|checkpoint|epoch|step|loss/i;

const splitAndMatch: Reader = () => {
  let rest = '';
  return (chunk) => {
    const lines = (rest + chunk).split('\n');
    // An endless line is not what it is measured for.
    rest = (lines.pop() ?? '').slice(-1000);
    return lines.filter((line) => WORDS.test(line)).length;
  };
};

/** Seconds of processor time. */
const timed = (open: Reader, { chunks }: BenchText, length: number): number => {
  const read = open();
  let done = 0;
  let found = 0;
  const before = process.cpuUsage();
  for (let index = 0; done < length; index += 1) {
    const chunk = chunks[index % chunks.length] ?? '';
    found += read(chunk);
    done += chunk.length;
  }
  const { user, system } = process.cpuUsage(before);
  if (!Number.isFinite(found)) throw new Error('nothing was counted');
  return ((user + system) / 1e6) * (length / done);
};

interface Speeds {
  readonly what: string;
  readonly length: number;
  readonly seconds: number;
  readonly plainSeconds: number;
}

const measure = (text: BenchText, length: number): Speeds => {
  let [seconds, plainSeconds] = [Infinity, Infinity];
  for (let turn = 0; turn < TURNS; turn += 1) {
    seconds = Math.min(seconds, timed(scanner, text, length));
    plainSeconds = Math.min(plainSeconds, timed(splitAndMatch, text, length));
  }
  const measured = { what: text.what, length, seconds, plainSeconds };
  console.log(rowOf(measured));
  return measured;
};

const speed = (length: number, seconds: number): number => length / 1e6 / seconds;

const rowOf = ({ what, length, seconds, plainSeconds }: Speeds): string =>
  [
    what.padEnd(29),
    `${speed(length, seconds).toFixed(1)} MB/s`.padStart(14),
    `split and match ${speed(length, plainSeconds).toFixed(1)} MB/s`.padStart(32),
  ].join(' ');

console.log(`${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}, one core`);
const ordinary = ordinaryTexts().map((text) => measure(text, TOTAL_LENGTH));
const redraws = redrawsOneByOne();
const redrawSpeeds = measure(redraws, TOTAL_LENGTH / 10);
const redrawLength = (redraws.chunks[0] ?? '').length;
const microseconds = (redrawSpeeds.seconds / redrawSpeeds.length) * redrawLength * 1e6;
console.log(`a push of ${redrawLength} characters: ${microseconds.toFixed(2)} µs`);
const hostile = adversarialTexts();
const hostileSpeeds = hostile.map((text) => measure(text, TOTAL_LENGTH / hostile.length));

const claim = (what: string, all: readonly Speeds[]): BenchRow => {
  const length = all.reduce((sum, each) => sum + each.length, 0);
  const seconds = all.reduce((sum, each) => sum + each.seconds, 0);
  return { what, ratio: speed(length, seconds) / TARGET_MB_PER_SECOND, target: 1 };
};

const rows = [
  ...ordinary.map((each) => claim(`${each.what}, of ${TARGET_MB_PER_SECOND} MB/s`, [each])),
  claim(`texts made to be slow, together, of ${TARGET_MB_PER_SECOND} MB/s`, hostileSpeeds),
];
console.log(`\n${reportOf('scan', rows)}`);
