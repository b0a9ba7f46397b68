import { expect, it } from 'vitest';
import { recordedStates } from '../recorded-notebooks.ts';
import { translateFromFile as t } from '../translate-file.ts';
import { buttonsOf } from './buttons.ts';
import { planOf } from './recovery-plan.ts';
import { canRecover, resumeSituation } from './setup-cells.ts';

const shown = (name: string) => {
  const view = recordedStates[name];
  if (view?.kind !== 'notebook') throw new Error(name);
  const situation = resumeSituation(view.state);
  if (situation === null) throw new Error(name);
  const ticked = situation.resume.setup.slice(0, 1);
  return {
    offered: canRecover(situation),
    plan: planOf(t, situation, ticked),
    main: buttonsOf(t, view, ticked).main,
  };
};

it('of a machine that is gone ends with the run going on', () => {
  const { plan, main } = shown('lost-machine-plan');
  expect(plan.after.map(({ title }) => title)).toEqual([
    'Insert the resume cell and run it',
    'Watch that it really resumes',
  ]);
  expect(plan.hint).toBeNull();
  expect(main?.label).toBe('Recover from checkpoint-400');
});

it('of a script whose way to resume is not known says so before anything is done, and promises no cell', () => {
  const { offered, plan, main } = shown('lost-script-plan');
  expect(offered).toBe(true);
  expect(plan.before.map(({ title }) => title)).toEqual(['Put checkpoint-400 back on the disk']);
  expect(plan.after.map(({ title }) => title)).toEqual([
    'You run the script so that it resumes from checkpoint-400',
  ]);
  expect(plan.hint).toMatch(/^Holdfast knows no option of this script to resume/);
  expect(main).toMatchObject({
    label: 'Put checkpoint-400 back',
    small: 'put 152 MB back, then run 1 setup cell',
    action: { kind: 'recover' },
  });
});
