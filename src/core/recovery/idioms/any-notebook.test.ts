import { array, assert, constantFrom, nat, property, record, string, tuple } from 'fast-check';
import { expect, it } from 'vitest';
import { readTraining, trainingCells } from '../../source/read-training.ts';
import { withoutOwnLines } from '../holdfast-cell.ts';
import { writeResumeCell } from '../resume-cell.ts';
import { isWhole } from './python-edits.ts';

/** Lines of real notebooks, in any order and at any depth. */
const lines = [
  'import torch', 'import lightning as L', 'from tensorflow import keras', 'from ultralytics import YOLO', 'import xgboost as xgb',
  'from stable_baselines3 import PPO', 'from accelerate import Accelerator', 'def f(a, b=1):', 'class T(L.Trainer):', 'for e in range(3):',
  'while True:', 'if x:', 'else:', 'try:', 'with a as b:', 'm = keras.Sequential()', 'm = f(m)', 'f = f', 'm = m', 'return f(a)', 'a = Accelerator()',
  't = L.Trainer(max_epochs=3)', 't = T()', 't.fit(m)', 'm.fit(x, y)', 'm.train(data=x)', 'm = YOLO("a")', 'm.learn(3)', 'm = PPO("a", e)',
  'loss.backward()', 'optimizer.step()', 'a.backward(loss)', 'a.save_state(p + f"/{e}")', 'torch.save({"m": m.state_dict(), "e": e}, f"{p}/{e:03d}.pt")',
  'torch.save(a, b)', 'torch.save(m.state_dict(), p)', 'f(m, e)', 'f(*m)', 'self.f()', 'p = p + p', 'p = f"{p}/{p}"', 'm = f(f(m))', 'p = os.path.join(p, p)',
  '!yolo train model=a', '!python train.py --img 1 --weights a --data b', '%time m.fit(x)', '%%time', 'x = 1; m.fit(x)', 'xgb.train(p, d)', ')', '"""', '\\',
  '# Holdfast: x', 'm.fit(x)  # Holdfast',
] as const; // prettier-ignore

const cell = array(tuple(nat(3), constantFrom(...lines)), { maxLength: 14 }).map((all) =>
  all.map(([depth, line]) => '  '.repeat(depth) + line).join('\n'),
);
const point = record({
  path: string({ unit: 'binary', maxLength: 12 }),
  form: constantFrom('folder', 'file', 'prefix'),
  step: constantFrom(null, 5),
  epoch: constantFrom(null, 2),
  holds: constantFrom('everything', 'weights-only', 'unknown'),
});

it('reads and resumes whatever stands in a notebook: it never throws, and never breaks a cell that was whole', () => {
  assert(
    property(array(cell, { minLength: 1, maxLength: 4 }), point, (sources, from) => {
      const cells = sources.map((source, index) => ({ id: `c${index}`, source: withoutOwnLines(source) }));
      const training = trainingCells(cells);
      for (const { id, source } of cells) {
        const read = readTraining(cells, id);
        if (read.training === null) continue;
        expect(training.has(id)).toBe(true);
        const target = { kind: 'framework', training: read.training } as const;
        const noteText = ({ value }: { readonly value: string }): string => value;
        const written = writeResumeCell({ source, target, point: from, comment: 'x', noteText });
        if (written.ok && isWhole(source)) expect(isWhole(written.value.source)).toBe(true);
      }
    }),
    { numRuns: 1500 },
  );
}, 60_000);

it('reads hostile code in time', () => {
  const returns = `def f(a):\n${'  if a: return f(f(a))\n'.repeat(200)}`;
  const joins = Array.from({ length: 200 }, (_, n) => `p${n + 1} = f"{p${n}}/{p${n}}"`).join('\n');
  const loops = `for e in range(3):\n${'  loss.backward()\n  m.fit(x)\n  torch.save(q, p200)\n'.repeat(3000)}`;
  const cells = [returns, joins, `import torch, keras\nm = f(f(m))\n${loops}`].map((source, index) => ({
    id: `c${index}`,
    source,
  }));
  const before = performance.now();
  trainingCells(cells);
  readTraining(cells, 'c2');
  expect(performance.now() - before).toBeLessThan(5000);
});
