/**
 * `npm run -s uses [-- PYTHON [WORD]]`: real checkpoints, each used in a new process by the cell that Holdfast writes for it, the way
 * a user would after the kernel is gone; with a word only the stories with it in their names. Prints what came of each; one whose packages are not installed for that Python is
 * said to be not there. The exit code is 1 when an answer is not what the model itself answers.
 */
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { root } from '../e2e/root.ts';
import { readTraining } from '../src/core/source/read-training.ts';
import { readAdapterConfig, readModelConfig } from '../src/core/use/checkpoint-config.ts';
import { chooseRecipe } from '../src/core/use/choose-recipe.ts';
import { writeCompareCell } from '../src/core/use/compare-cell.ts';
import { promptsOf, readNotebookModels } from '../src/core/use/notebook-models.ts';
import type { UsedCheckpoint } from '../src/core/use/recipe.ts';
import { writeUseCell } from '../src/core/use/use-cell.ts';
import { hasPackages } from './python-packages.ts';
import { STORIES } from './uses/stories.ts';
import type { Story } from './uses/story.ts';

const python = process.argv[2] ?? join(root, '.venv/bin/python');
const word = process.argv[3] ?? '';

/** `right`, `not installed`, or what went wrong. */
type Outcome = string;

/** What a kernel would do with the output: the last table that was shown is read, and what was printed is kept. */
const LISTENS = `
import builtins, html.parser, IPython.display
printed, tables = [], []
class Shown:
    def update(self, table): tables.append(table.data)
def display(table, display_id):
    tables.append(table.data)
    return Shown()
IPython.display.display = display
def print_to(*texts): printed.append(" ".join(map(str, texts)))
class Rows(html.parser.HTMLParser):
    rows = []
    def handle_starttag(self, tag, attributes):
        if tag == "tr": self.rows.append([])
        if tag in ("td", "th"): self.rows[-1].append("")
    def handle_data(self, data): self.rows[-1][-1] += data
`;
const READS = `
reader = Rows()
reader.feed(tables[-1] if tables else "")
rows = reader.rows
`;

const run = (folder: string, name: string, parts: readonly string[]): SpawnSyncReturns<string> => {
  const file = join(folder, `${name}.py`);
  writeFileSync(file, `${parts.join('\n')}\n`);
  return spawnSync(python, [file], { cwd: folder, encoding: 'utf8', timeout: 300_000 });
};

const tellsOf = ({ stdout }: SpawnSyncReturns<string>): string | undefined =>
  /^TELLS (.*)$/m.exec(stdout)?.[1];

const tell = (expression: string): string =>
  `import json, sys\nsys.stdout.write("\\nTELLS " + json.dumps(${expression}) + "\\n")`;

const usedCheckpoint = (folder: string, story: Story, path: string): UsedCheckpoint => {
  const at = join(folder, path);
  const textOf = (file: string): string | null =>
    story.form === 'folder' && existsSync(join(at, file)) ? readFileSync(join(at, file), 'utf8') : null;
  const adapter = textOf('adapter_config.json');
  const config = textOf('config.json');
  const step = /checkpoint-(\d+)$/.exec(path)?.[1];
  return {
    name: basename(path),
    path,
    form: story.form,
    framework: story.framework,
    step: step === undefined ? null : Number(step),
    weightsOnly: story.weightsOnly ?? false,
    files: story.form === 'folder' ? readdirSync(at) : [],
    adapter: adapter === null ? null : readAdapterConfig(adapter),
    config: config === null ? null : readModelConfig(config),
  };
};

/** The cell, or why there is none. */
const cellFor = (folder: string, story: Story): string => {
  const cells = [
    { id: 'setup', source: story.setup },
    { id: 'train', source: story.train },
  ];
  const models = readNotebookModels(cells);
  const checkpoints = story.checkpoints.map((path) => usedCheckpoint(folder, story, path));
  const { training } = readTraining(cells, 'train');
  const [first] = checkpoints;
  const recipe = first === undefined ? null : chooseRecipe(models, training, first);
  if (first === undefined || recipe === null) return 'no checkpoint';
  if (!recipe.ok) return `raise SystemExit(${JSON.stringify(recipe.failure)})`;
  if (checkpoints.length === 1)
    return writeUseCell({
      models,
      recipe: recipe.value,
      checkpoint: first,
      comment: 'loads it',
      prompt: 'Write here what the model is to answer.',
    });
  const written = writeCompareCell({
    models,
    recipe: recipe.value,
    checkpoints,
    comment: 'compares them',
    prompts: promptsOf(models),
    baseTitle: 'Without training',
  });
  return written.ok ? written.value : `raise SystemExit(${JSON.stringify(written.failure)})`;
};

const use = (story: Story): Outcome => {
  if (!hasPackages(python, story.packages)) return 'not installed';
  const folder = mkdtempSync(join(tmpdir(), 'uses-'));
  try {
    const before = run(folder, 'before', [story.before]);
    if (before.status !== 0) return `before: ${before.stderr.slice(-600)}`;
    const first = run(folder, 'first', [story.setup, story.train, tell(story.expected)]);
    const expected = tellsOf(first);
    if (expected === undefined) return `first: ${first.stderr.slice(-600)}`;
    const cell = cellFor(folder, story);
    const second = run(folder, 'second', [
      LISTENS,
      story.setup,
      'print = print_to',
      cell,
      READS,
      tell(story.tells),
    ]);
    const told = tellsOf(second);
    if (told === undefined) return `second: ${second.stderr.slice(-600)}\n${cell}`;
    return told === expected ? 'right' : `${told}\ninstead of ${expected}\n${cell}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

let failed = false;
for (const story of STORIES.filter(({ name }) => name.includes(word))) {
  const outcome = use(story);
  if (outcome !== 'right' && outcome !== 'not installed') failed = true;
  console.log(`${story.name}: ${outcome}`);
}
process.exitCode = failed ? 1 : 0;
