import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { followName, following } from './follow-value.ts';
import { collectNames } from './python-names.ts';
import { asText } from './python-value.ts';

/** Setup for all expressions; Python runs the same text. */
const setup = `
import os
import os.path as osp
from os.path import join
from pathlib import Path
import pathlib
name = "unsloth/Llama-3.2 (1B)"
rank, alpha = 16, 32
base = Path("/content") / "runs"
lr = 2e-4
cfg = {"out": "a b", "n": 3}
`;

/** `str(…)` of these must be what Python says. */
const followed = [
  '"a" "b"', "'it\\'s'", '"\\x41\\u00e9\\U0001F600\\101\\t"', 'r"a\\b"', '"""a\nb"""', '"a\\\nb"', '"\\d"',
  'f"{name}-x"', 'f"{{{rank}}}"', 'f"r{rank}-a{alpha + 1}" "-tail"', 'f"{cfg[\'out\']}"',
  'name.split("/")[-1]', 'name.replace("/", "-").lower().strip("u)")', 'name.upper().rstrip()', '"  x ".lstrip()',
  '"a/b".removeprefix("a")', '"a/b".removesuffix("b")', '"-".join(["a", name])', '"{}-{}".format("a", rank)',
  '"a" + str(rank) + str(None) + str(True)', 'str(lr)', 'str(1e-5)', 'str(1.0)', 'str(1e16)', 'str(123456.789)', 'str(1e22)',
  '60 * 10', '7 // 2', '-7 // 2', '-7 % 3', '7 / 2', '2 ** 10', '2 ** -1', '-3', '+3', '1_000', '0x1f', '0b11', '10 - 2.5',
  'int("50")', 'int(7.9)', 'int("-3")', 'max(3, 10)', 'min(3, 10.5)', 'float(3)', '(1 + 2) * 3',
  'os.path.join("a", "b")', 'os.path.join("a/", "b", "")', 'os.path.join("a", "/b")', 'osp.join(base, "x")', 'join("a", "b")',
  'Path("a") / "b"', 'Path("./a//b/") / "../c"', 'Path("a", "b")', 'base / f"r{rank}"', '"x" / Path("y")', 'Path("a") / "/b"',
  'str(base)', 'base.parent', 'base.name', 'Path("a/b.tar.gz").stem', 'base.joinpath("q", "r")', 'pathlib.Path("a").as_posix()',
  'Path(".")', 'Path("")', 'Path("//a")', 'os.path.basename("a/b")', 'os.path.dirname("/a/b/c")', 'os.path.dirname("a")', 'os.fspath(base)',
  'cfg["n"]', '(("a"))',
]; // prettier-ignore

/** Python knows these, we do not say anything. */
const notFollowed = [
  'rf"\\{rank}"', 'f"\\{rank}"',
  'f"{lr:.0e}"', 'f"{name!r}"', 'f"{rank=}"', '"%s" % name', 'os.getcwd()', 'b"x"', '"a" if rank else "b"', 'len(name)',
  '[i for i in "ab"]', 'name[0]', 'os.environ.get("HOME")', '3j', '"\\N{DASH}"', '"x" * 3', 'not rank', 'rank > 3', '10 ** 40',
  'cfg["missing"] if 0 else 1', 'os.path.expanduser("~")', '(lambda: 3)()',
]; // prettier-ignore

function pythonSays(expressions: readonly string[]): unknown {
  const program =
    'import json,sys\nd=json.load(sys.stdin)\ne={}\nexec(d["setup"],e)\nprint(json.dumps([str(eval(x.strip(),e)) for x in d["all"]]))';
  const input = JSON.stringify({ setup, all: expressions });
  return JSON.parse(execFileSync('python3', ['-c', program], { input, encoding: 'utf8' }));
}

function weSay(expression: string): string | null {
  const source = `${setup}\nresult = ${expression}\n`;
  const names = collectNames([{ id: 'a', source }]);
  const value = followName(following(names), 'result', { cell: 1, at: 0 });
  return value === null ? null : asText(value);
}

it('follows values as Python computes them', () => {
  expect(followed.map(weSay)).toEqual(pythonSays(followed));
});

it.each(notFollowed)('does not guess %s', (expression) => {
  expect(weSay(expression)).toBeNull();
});
