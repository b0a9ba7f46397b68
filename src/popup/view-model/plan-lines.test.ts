import { describe, expect, it } from 'vitest';
import { planStates } from '../recorded-plans.ts';
import { translateFromFile as t } from '../translate-file.ts';
import { adviceWords } from './plan-advice.ts';
import { planLine, planWarningLines } from './plan-lines.ts';

const viewOf = (name: string) => {
  const view = planStates[name];
  if (view === undefined) throw new Error(`no state ${name}`);
  return view;
};
const stateOf = (name: string) => viewOf(name).state;

describe('what is amiss with a plan', () => {
  it.each([
    ['plan-saves', []],
    ['plan-warning-disk', ['The disk will be full: there is no room for the save at step 800.']],
    ['plan-warning-best', ['Only the newest 3 are kept, even when an earlier one was better; load_best_model_at_end=True keeps the best, too.']],
    ['plan-warning-strategy', ['The training arguments will be refused: with load_best_model_at_end, save_strategy and eval_strategy must be the same, and they are “steps” and “epoch”.']],
    ['plan-warning-multiple', ['The training arguments will be refused: with load_best_model_at_end, save_steps must be a multiple of eval_steps, and they are 100 and 30.']],
    ['plan-warning-old-name', ['The Transformers version here refuses evaluation_strategy: it is called eval_strategy now.']],
    ['plan-warning-old-name-maybe', ['Transformers 4.51 and later refuse evaluation_strategy: there it is called eval_strategy.']],
    ['plan-warning-drive', ['The checkpoints go to Drive: they may arrive there late, count against its quota, and deleted ones fill its trash.']],
    ['training-plan-warnings', ['The disk will be full: there is no room for the save at step 600.', 'The checkpoints go to Drive: they may arrive there late, count against its quota, and deleted ones fill its trash.']],
  ])('%s', (name, lines) => expect(planWarningLines(t, viewOf(name))).toEqual(lines)); // prettier-ignore

  it('leaves out while it trains what would have kept it from starting', () => {
    const before = stateOf('plan-warning-strategy');
    const during = stateOf('training-plan');
    if (before.kind !== 'idle' || during.kind !== 'training') throw new Error('other states');
    expect(planWarningLines(t, { state: { ...during, plan: before.plan }, storage: null })).toEqual([]);
  });

  it('leaves a disk with little room to the line that tells of it', () => {
    const { state } = viewOf('training-plan-warnings');
    const storage = {
      count: 3,
      heldBytes: 1,
      freeBytes: 1,
      room: { kind: 'limited', more: 2, fullAt: 600 },
    } as const;
    expect(planWarningLines(t, { state, storage })).toEqual([
      expect.stringMatching(/^The checkpoints go to Drive/),
    ]);
  });
});

describe('the plan in a line while it trains', () => {
  it.each([
    ['plan-saves', null],
    ['training-plan', 'Planned saves: 100, 200 … 600. Keeps 400, 500, 600. About 456 MB.'],
    ['training-plan-silent', 'Unsloth saves nothing unless output_dir, save_strategy or save_steps tells it to. If it stops, everything is lost.'],
  ])('%s', (name, line) => expect(planLine(t, stateOf(name))).toBe(line)); // prettier-ignore
});

describe('a better interval', () => {
  it('is said with what it hangs on', () => {
    expect(adviceWords(t, stateOf('training-plan-advice'))).toMatchObject({
      sentence: 'A save every 50 steps would fit this run: one takes about 2 s, as its pauses show.',
      label: 'Assumed: a failure every',
      hours: 6,
      choices: [
        { words: '1 h' },
        { words: '3 h' },
        { words: '6 h' },
        { words: '12 h' },
        { words: '1 d' },
        {},
        {},
      ],
    });
  });

  it('is not said where the run does about as well', () => {
    const state = stateOf('training-plan-advice');
    if (state.kind !== 'training' || state.plan === undefined || state.plan === null)
      throw new Error('no plan');
    const plan = { ...state.plan, savesAt: [60, 120, 180] };
    expect(adviceWords(t, { ...state, plan })).toBeNull();
    expect(adviceWords(t, stateOf('training-plan'))).toBeNull();
  });
});
