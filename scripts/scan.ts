/**
 * Prints what a training log announces, one event a line:
 *
 *     npm run -s scan < train.log
 *     npm run -s scan -- --jsonl < logs.jsonl    # lines {"id", "text"} → lines {"id", "events"}
 *
 * With `--jsonl` a malformed line is reported on stderr, the others are read, and the exit code is 2.
 */
import { once } from 'node:events';
import process from 'node:process';
import * as v from 'valibot';
import { isOfTraining, type LogEvent } from '../src/core/log/log-event.ts';
import { createLogScanner, scanText } from '../src/core/log/scanner.ts';

const LogRecord = v.object({ id: v.union([v.string(), v.number()]), text: v.string() });

const MALFORMED_INPUT = 2;
const WRONG_USAGE = 64;

function printable({ kind, path, step, epoch, total, line }: LogEvent): object {
  return { kind, path, step, epoch, total, line };
}

async function print(values: readonly object[]): Promise<void> {
  if (values.length === 0) return;
  const text = values.map((value) => `${JSON.stringify(value)}\n`).join('');
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

/** Standard input as text; a character cut between two reads is put together again. */
async function* readInput(): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const bytes of process.stdin) {
    if (bytes instanceof Uint8Array) yield decoder.decode(bytes, { stream: true });
  }
  yield decoder.decode();
}

async function* readLines(): AsyncGenerator<string> {
  // Pieces are joined once per line: a record can be as long as a log.
  let pieces: string[] = [];
  for await (const chunk of readInput()) {
    const [first = '', ...others] = chunk.split('\n');
    pieces.push(first);
    for (const other of others) {
      yield pieces.join('');
      pieces = [other];
    }
  }
  yield pieces.join('');
}

async function scanLog(): Promise<void> {
  const scanner = createLogScanner('stored');
  for await (const chunk of readInput()) await print(scanner.push(chunk).filter(isOfTraining).map(printable));
  await print(scanner.end().filter(isOfTraining).map(printable));
}

async function scanRecords(): Promise<void> {
  let number = 0;
  for await (const line of readLines()) {
    number += 1;
    if (line.trim() === '') continue;
    const record = parseRecord(line);
    if (typeof record === 'string') {
      process.stderr.write(`line ${number}: ${record}\n`);
      process.exitCode = MALFORMED_INPUT;
    } else {
      await print([{ id: record.id, events: scanText(record.text).filter(isOfTraining).map(printable) }]);
    }
  }
}

/** The record, or one sentence on what is wrong with the line. */
function parseRecord(line: string): v.InferOutput<typeof LogRecord> | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'not JSON';
  }
  const result = v.safeParse(LogRecord, value);
  return result.success ? result.output : 'expected an object with "id" and a string "text"';
}

// The reader of a pipe may close it early (`| head`): that is the end of the work, not a crash.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const options = process.argv.slice(2);
if (options.length === 0) await scanLog();
else if (options.length === 1 && options[0] === '--jsonl') await scanRecords();
else {
  process.stderr.write('usage: scan [--jsonl] < input\n');
  process.exitCode = WRONG_USAGE;
}
