import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { commandWord } from './shell-word.ts';

const paths = [
  'outputs/checkpoint-400', 'with spaces', "it's", "two 'quoted' words'", 'say "hi"', '\'both"', 'back\\slash', 'trailing\\', 'a\\n', 'new\nline',
  'car\rriage', 'tab\t', '{x}', '{{x}}', '$HOME', '${HOME}', "$HOME'", '%s%%', '#', '"""', '😀/检查点-4', '\u2028', '\u0085', '~/a', '`id`', '$(id)',
  '-rf', '!ls', 'a;b&c|d', '*', '[a]', '\u0007', 'é{', '',
]; // prettier-ignore

/** A shell that prints the one argument it got, between bars. */
function shellPrints(word: string, before = ''): string {
  return execFileSync('sh', ['-c', `printf '|%s' ${before} ${word}`], { encoding: 'utf8' });
}

describe('commandWord', () => {
  it.each(paths)('%j reaches a program through a shell', (path) => {
    expect(shellPrints(commandWord(path, 'shell') ?? 'null')).toBe(`|${path}`);
    expect(shellPrints(commandWord(path, 'ipython') ?? 'null')).toBe(`|${path}`);
  });

  it.each(paths)('%j gives IPython nothing to expand in a `!` line', (path) => {
    const word = commandWord(path, 'ipython') ?? '{';
    expect(word).not.toMatch(/[{}$\p{Cc}\u2028]/u);
    expect(word.replace(/[^']/g, '').length % 2).toBe(0);
  });
});

/** Python with IPython, named by HOLDFAST_PYTHON; without it, what IPython itself does is not measured here. */
const interpreter = process.env['HOLDFAST_PYTHON'] ?? 'python3';
const hasIpython = spawnSync(interpreter, ['-c', 'import IPython']).status === 0;

const run = `
import json, os, sys, tempfile
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shell.history_manager.enabled = False
# The same expansion as system_piped, without its slow pseudo-terminal.
object.__setattr__(shell, "system", shell.system_raw)
folder = tempfile.mkdtemp()
os.chdir(folder)
open("got.py", "w").write("import json,sys\\njson.dump(sys.argv[1:], open('got.json','w'))\\n")
shell.user_ns.update(x="EXPANDED", HOME="EXPANDED", known="KNOWN", py=sys.executable)
out = []
for cell in json.load(sys.stdin):
    if os.path.exists("got.json"): os.remove("got.json")
    result = shell.run_cell(cell)
    out.append(json.load(open("got.json")) if os.path.exists("got.json") else None)
print("\\n@@" + json.dumps(out))
`;

function inIpython(cells: readonly string[]): unknown {
  const text = execFileSync(interpreter, ['-c', run], { input: JSON.stringify(cells), encoding: 'utf8' });
  return JSON.parse(text.slice(text.lastIndexOf('@@') + 2));
}

describe.skipIf(!hasIpython)('in a real IPython', () => {
  it('`!` lines hand the path over, with and without expansions of the user', { timeout: 120_000 }, () => {
    const words = paths.map((path) => commandWord(path, 'ipython') ?? '');
    const plain = words.map((word) => `!python3 got.py ${word}`);
    const own = words.map((word) => `!python3 got.py {known} $known ${word}`);
    const failing = words.map((word) => ['!python3 got.py ${HOME+set}', word].join(' '));
    expect(inIpython(plain)).toEqual(paths.map((path) => [path]));
    expect(inIpython(own)).toEqual(paths.map((path) => ['KNOWN', 'KNOWN', path]));
    expect(inIpython(failing)).toEqual(paths.map((path) => ['set', path]));
  });

  it('%run and %%bash hand the path over', { timeout: 120_000 }, () => {
    const possible = paths.filter((path) => commandWord(path, 'run') !== null);
    expect(possible.length).toBeGreaterThan(12);
    expect(inIpython(possible.map((path) => `%run got.py ${commandWord(path, 'run')}`))).toEqual(
      possible.map((path) => [path]),
    );
    expect(inIpython(paths.map((path) => `%%bash\npython3 got.py ${commandWord(path, 'shell')}\n`))).toEqual(
      paths.map((path) => [path]),
    );
  });
});
