/**
 * `npm run -s resumes [-- PYTHON]`: real trainings that are killed in the middle, each resumed by the cell that Holdfast
 * writes for it. Prints what came of each; one whose packages are not installed for that Python is said to be not there.
 * The exit code is 1 when a run did not end where it should.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../e2e/root.ts';
import { writeResumeCell } from '../src/core/recovery/resume-cell.ts';
import { readTraining } from '../src/core/source/read-training.ts';
import { hasPackages } from './python-packages.ts';
import { STORIES } from './resumes/stories.ts';
import type { Story } from './resumes/story.ts';

const python = process.argv[2] ?? join(root, '.venv/bin/python');

/** `resumed`, `not installed`, or what went wrong. */
type Outcome = string;

/** Each life is a process of its own, as a new kernel is. */
const live = (folder: string, cells: readonly string[], second: boolean, tells: string) => {
  const program = [
    'import json, os, signal',
    `SECOND = ${second ? 'True' : 'False'}`,
    'def dies(when):\n    if when and not SECOND:\n        os.kill(os.getpid(), signal.SIGKILL)',
    ...cells,
    `print("TELLS " + json.dumps(${tells}))`,
  ];
  const file = join(folder, second ? 'second.py' : 'first.py');
  writeFileSync(file, `${program.join('\n')}\n`);
  return spawnSync(python, [file], { cwd: folder, encoding: 'utf8', timeout: 300_000 });
};

const resumeCell = ({ setup, train, checkpoint, form, epoch, step, holds }: Story): string => {
  const cells = [
    { id: 'setup', source: setup },
    { id: 'train', source: train },
  ];
  const { training } = readTraining(cells, 'train');
  if (training === null) return 'nothing trains';
  const written = writeResumeCell({
    source: train,
    target: { kind: 'framework', training },
    point: { path: checkpoint, form, epoch, step, holds },
    comment: 'resumes',
    noteText: ({ kind, value }) => `${kind} ${value}`,
  });
  return written.ok ? written.value.source : written.failure.kind;
};

const tell = (story: Story): Outcome => {
  if (!hasPackages(python, story.packages)) return 'not installed';
  const folder = mkdtempSync(join(tmpdir(), 'resumes-'));
  try {
    const first = live(folder, [story.setup, story.train], false, '0');
    if (first.signal !== 'SIGKILL') return `was not killed: ${first.stderr.slice(-400)}`;
    if (!existsSync(join(folder, story.checkpoint))) return `left no ${story.checkpoint}`;
    const cell = resumeCell(story);
    const second = live(folder, [story.setup, cell], true, story.tells);
    const told = /^TELLS (.*)$/m.exec(second.stdout)?.[1];
    if (told === undefined) return `failed: ${second.stderr.slice(-600)}\n${cell}`;
    const expected = JSON.stringify(story.expected);
    return JSON.stringify(JSON.parse(told)) === expected
      ? 'resumed'
      : `${told} instead of ${expected}\n${cell}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

let failed = false;
for (const story of STORIES) {
  const outcome = tell(story);
  if (outcome !== 'resumed' && outcome !== 'not installed') failed = true;
  console.log(`${story.name}: ${outcome}`);
}
process.exitCode = failed ? 1 : 0;
