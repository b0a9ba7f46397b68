import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { compiles, HOSTILE_TEXTS, python } from '../python-rig.ts';
import { readReachAnswer } from './reach-answer.ts';
import { REACH_SOURCE, visitProgram } from './reach-program.ts';
import type { ReachWish } from './reach-wish.ts';

const wishes: readonly ReachWish[] = HOSTILE_TEXTS.flatMap((folder): ReachWish[] => [
  { do: 'save', stop: true, folder },
  { do: 'every', every: 10, keep: 1, folder },
]);

describe('what a visit runs', () => {
  it('is Python of 3.8 and later', () => {
    expect(() => compiles(REACH_SOURCE)).not.toThrow();
  });

  it('compiles, and carries any wish as the text that it is', () => {
    const programs = wishes.map(visitProgram);
    const texts = v.parse(
      v.array(v.array(v.string())),
      python(
        `
import ast
out = []
for program in d:
    compile(program["code"], "code", "exec")
    tree = ast.parse(program["expression"], mode="eval")
    out.append([n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)
                and n.value.startswith('{"do"')])
print(json.dumps(out))`,
        programs,
      ),
    );
    expect(texts.map((held) => held.map((text): unknown => JSON.parse(text)))).toEqual(
      wishes.map((wish) => [wish]),
    );
  });

  it('answers with JSON where nothing trains, and is made once', () => {
    const program = `
import types
shell = types.SimpleNamespace(events=types.SimpleNamespace(callbacks={"post_execute": []}), kernel=None)
sys.modules["IPython"] = types.SimpleNamespace(get_ipython=lambda: shell)
exec_own, exec = exec, None
before = set(globals())
said = []
for _ in range(2):
    exec_own(d["code"], globals())
    said.append(repr(eval(d["expression"], globals())))
print(json.dumps({"said": said, "left": sorted(set(globals()) - before - {"before", "said", "_"}),
    "follows": type(shell.events.callbacks["post_execute"]).__name__}))`;
    const schema = v.object({ said: v.array(v.string()), left: v.array(v.string()), follows: v.string() });
    const { said, left, follows } = v.parse(schema, python(program, visitProgram({ do: 'state' })));
    expect({ left, follows }).toEqual({ left: [], follows: 'list' });
    for (const text of said)
      expect(readReachAnswer(text)).toMatchObject({
        ok: true,
        value: { trains: { kind: 'refused', code: 'nothing-trains' }, once: { kind: 'none' } },
      });
  });
});

describe('what a kernel says', () => {
  it.each(['', 'null', '[]', '{"trains": 1}', '{"once": {"kind": "saved"}}', `{"raised": ${'['.repeat(9)}`])(
    'is not taken for an answer: %s',
    (said) => {
      expect(readReachAnswer(said)).toEqual({ ok: false, failure: { kind: 'not-understood' } });
    },
  );

  it('is told when our own Python failed', () => {
    expect(readReachAnswer('{"raised": {"name": "KeyError", "message": "x"}}')).toEqual({
      ok: false,
      failure: { kind: 'raised', name: 'KeyError', message: 'x' },
    });
  });
});
