import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';

function start(...options: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, ['--import', 'tsx', 'scripts/scan.ts', ...options], { stdio: 'pipe' });
}

async function scan(
  input: readonly (string | Buffer)[],
  ...options: readonly string[]
): Promise<{ readonly lines: readonly unknown[]; readonly errors: string; readonly code: unknown }> {
  const child = start(...options);
  const exit = once(child, 'exit');
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  for (const chunk of input) {
    child.stdin.write(chunk);
    // A chunk of its own for the reader, not one joined with the next by the pipe.
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.stdin.end();
  const [out, errors] = await output;
  const [code]: readonly unknown[] = await exit;
  const lines: readonly unknown[] = out
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
  return { lines, errors, code };
}

const saved = { kind: 'saved', path: 'é/checkpoint-5', step: 5, epoch: null, total: null, line: 1 };

test(
  'a log is read from standard input, though a character is cut in two',
  { timeout: 120_000 },
  async () => {
    const log = Buffer.from("{'loss': 1.5, 'epoch': 0.5}\nSaving model checkpoint to é/checkpoint-5\n");
    const middle = log.indexOf('é') + 1;
    const { lines, code } = await scan([log.subarray(0, middle), log.subarray(middle)]);
    expect(lines).toEqual([
      { kind: 'progress', path: null, step: null, epoch: 0.5, total: null, line: 0 },
      saved,
    ]);
    expect(code).toBe(0);
  },
);

test('a malformed record is reported and the others are read', { timeout: 120_000 }, async () => {
  const record = JSON.stringify({ id: 'a', text: '\nSaving model checkpoint to é/checkpoint-5' });
  const { lines, errors, code } = await scan([`${record}\nnope\n{"id":1}\n\n{"id":2,"text":""}`], '--jsonl');
  expect(lines).toEqual([
    { id: 'a', events: [saved] },
    { id: 2, events: [] },
  ]);
  expect(errors).toContain('line 2: not JSON');
  expect(errors).toContain('line 3: expected');
  expect(code).toBe(2);
});

test('a reader that has seen enough is no crash', { timeout: 120_000 }, async () => {
  const child = start();
  const exit = once(child, 'exit');
  const errors = text(child.stderr);
  child.stdin.on('error', () => child.stdin.destroy());
  child.stdout.once('data', () => child.stdout.destroy());
  for (let i = 0; i < 200; i += 1) child.stdin.write("{'loss': 1.5, 'epoch': 0.5}\n".repeat(2000));
  child.stdin.end();
  const [code]: readonly unknown[] = await exit;
  expect(await errors).toBe('');
  expect(code).toBe(0);
});
