import { describe, expect, it } from 'vitest';
import { savePlan } from '../../core/run/plan/save-plan.ts';
import type { PopupView } from '../../protocol/popup-view.ts';
import { recordedStates } from '../recorded-notebooks.ts';
import { RECORDED_AT } from '../recorded-states.ts';
import { translateFromFile as t } from '../translate-file.ts';
import { headlineOf } from './headline.ts';

/** Before a run. */
const planCases: readonly (readonly [string, string, string, string])[] = [
  ['plan-saves-size', 'safe', 'Plan: saves every 100 steps', 'At 100, 200 … 600. Keeps 400, 500, 600. About 456 MB; 78 GB are free.'],
  ['plan-warning-strategy', 'risk', 'This run will not start', 'At 100, 200 … 600. Keeps 500, 600 and the best one.'],
  ['plan-warning-old-name', 'risk', 'This run will not start', 'At 100, 200 … 600. Keeps 500, 600 and the best one.'],
  ['plan-warning-old-name-maybe', 'safe', 'Plan: saves every 100 steps', 'At 100, 200 … 600. Keeps 500, 600 and the best one.'],
  ['plan-warning-disk', 'risk', 'Plan: saves every 100 steps', 'At 100, 200 … 3000. Keeps all of them. About 162 GB; 40 GB are free.'],
  ['training-plan-silent', 'risk', 'Nothing will be saved', 'Lost if it stops now: 22 steps, 1 min of work'],
  ['plan-saves-share', 'safe', 'Plan: saves every 25 % of the run', 'At 150, 300 … 600. Keeps all of them.'],
  ['plan-saves-best-kept', 'safe', 'Plan: saves every 100 steps', 'At 100, 200 … 600. Keeps 500, 600 and the best one.'],
  ['plan-never-silent', 'risk', 'Nothing will be saved before the end', 'This run ends at step 60, and Unsloth saves nothing unless output_dir, save_strategy or save_steps tells it to. If it stops, everything is lost.'],
  ['plan-never-one-epoch', 'risk', 'Nothing will be saved before the end', 'It saves after each epoch, and this run is no longer than one. If it stops early, everything is lost.'],
  ['plan-no-silent', 'risk', 'Nothing will be saved', 'Unsloth saves nothing unless output_dir, save_strategy or save_steps tells it to. If it stops, everything is lost.'],
  ['plan-no-evaluation', 'risk', 'Nothing will be saved', 'It saves after an evaluation that is better than before, but it never evaluates. If it stops, everything is lost.'],
  ['plan-epochs', 'safe', 'Plan: saves after each epoch', 'The run is 3 epochs; how many steps that is shows when it runs. Keeps the last 3.'],
  ['plan-length-unknown', 'plain', 'Plan: saves every 500 steps', 'The run is one epoch; how many steps that is shows when it runs. If it is 500 steps or fewer, nothing is saved before its end.'],
  ['plan-length-not-followed', 'plain', 'Plan: saves every 100 steps', 'How long the run is shows when it runs. If it is 100 steps or fewer, nothing is saved before its end.'],
]; // prettier-ignore

const cases: readonly (readonly [string, string, string, string])[] = [
  [
    'idle',
    'plain',
    'No run in this notebook yet',
    'When training starts, this window says what is safe and what is not.',
  ],
  ['plan-saves', 'safe', 'Plan: saves every 100 steps', 'At 100, 200 … 600. Keeps 400, 500, 600.'],
  [
    'plan-never-before-end',
    'risk',
    'Nothing will be saved before the end',
    'This run ends at step 60 and saves first at 500. If it stops early, everything is lost.',
  ],
  [
    'plan-no',
    'risk',
    'Nothing will be saved',
    'Saving is switched off in the training arguments. If it stops, everything is lost.',
  ],
  ['plan-unknown', 'plain', 'Save plan not known', 'The training arguments do not tell when it saves.'],
  ...planCases,
  ['training-safe', 'safe', 'Safe up to step 400', 'Lost if it stops now: 51 steps, 3 min of work'],
  [
    'training-unsaved',
    'risk',
    'Nothing is saved yet',
    'The first save is at step 50. Lost if it stops now: 22 steps, 1 min of work',
  ],
  ['training-broken', 'risk', 'No whole checkpoint yet', 'Lost if it stops now: 51 steps, 1 min of work'],
  [
    'training-never',
    'risk',
    'Nothing will be saved before the end',
    'This run saves first at step 60, its last. If it stops early, everything is lost.',
  ],
  [
    'training-first-step',
    'plain',
    'Step not known yet',
    'Training has started; its first step was not seen yet. The first save is at step 100.',
  ],
  [
    'training-offline',
    'safe',
    'Safe up to step 400',
    'This computer went offline 2 min ago. The run may go on.',
  ],
  [
    'training-no-answer',
    'risk',
    'No answer from the server',
    'Silent for 2 min. The run may go on or be gone. Last whole checkpoint seen: step 400.',
  ],
  [
    'training-page-away',
    'safe',
    'Safe up to step 400',
    'The notebook page was closed or reloaded 2 min ago. The run may go on.',
  ],
  [
    'training-notebook-disconnected',
    'safe',
    'Safe up to step 400',
    'This page lost its line to the kernel 2 min ago. The run goes on: the server answers, and the kernel is there. Reload the page if the line stays away.',
  ],
  [
    'training-no-runtime',
    'risk',
    'The notebook has no runtime',
    'Noticed 2 min ago. Connect it again: only then it shows whether this machine and its disk are still there. Last whole checkpoint seen: step 400.',
  ],
  [
    'training-person-wanted',
    'risk',
    'Colab asks for a person',
    "Answer it in the notebook's tab, or Colab may take the machine. Last whole checkpoint seen: step 400.",
  ],
  [
    'finished-machine-gone',
    'lost',
    'Finished, but its machine is gone',
    'It reached step 600; then the notebook got another machine, and the disk went with the old one. Copies kept elsewhere, on Drive for example, are still there.',
  ],
  ['training-folder-unknown', 'risk', 'What is saved is not known', 'What would be lost is not known.'],
  [
    'training-checking',
    'risk',
    'The first checkpoint is being checked',
    'Lost if it stops now: 22 steps, 1 min of work',
  ],
  [
    'lost-saves-unknown',
    'lost',
    'Stopped at step 22',
    'The kernel died 40 s ago. What was saved is not known: the folder could not be looked at.',
  ],
  [
    'lost-machine',
    'lost',
    'Gone, last seen at step 451',
    'The notebook has another machine now; noticed 40 s ago. The disk of the one before went with it. No checkpoint is on the new disk. If yours are kept elsewhere, on Drive for example, bring them back and look again.',
  ],
  [
    'lost-machine-unknown',
    'lost',
    'Gone, last seen at step 451',
    'The notebook has another machine now; noticed 40 s ago. Whether the disk is still there is not known yet. Last whole checkpoint seen: step 400. No kernel is there yet.',
  ],
  [
    'lost-machine-kept',
    'lost',
    'Gone, last seen at step 451',
    "The notebook has another machine now; noticed 40 s ago. The run's folder is there again: it lies on a disk that stays. Safe: step 400. Lost: 51 steps, 3 min of work.",
  ],
  [
    'lost-server-restarted',
    'lost',
    'Gone, last seen at step 451',
    'The server was restarted; noticed 40 s ago. Whether the disk is still there is not known yet. Last whole checkpoint seen: step 400.',
  ],
  [
    'lost-server-restarted-kept',
    'lost',
    'Gone, last seen at step 451',
    'The server was restarted; noticed 40 s ago. Its disk is still there. Safe: step 400. Lost: 51 steps, 3 min of work.',
  ],
  [
    'lost-still-written',
    'risk',
    'The old run may still go on',
    'The server was restarted; noticed 40 s ago. checkpoint-500 has appeared since: the old kernel, or a script it started, still writes into this folder. Let it end, or stop it, before you start a second run there. Safe: step 400.',
  ],
  [
    'lost-server-stopped',
    'lost',
    'Gone, last seen at step 451',
    'JupyterHub stopped the server; noticed 2 min ago. Its disk normally stays. Last whole checkpoint seen: step 400. Start the server again, then open this notebook.',
  ],
  [
    'lost-server-stopped-kept',
    'lost',
    'Gone, last seen at step 451',
    'JupyterHub stopped the server; noticed 5 min ago. Its disk is still there. Safe: step 400. Lost: 51 steps, 3 min of work.',
  ],
  [
    'lost-server-stopped-empty',
    'lost',
    'Gone, last seen at step 451',
    'JupyterHub stopped the server; noticed 5 min ago. This time its disk did not stay. No checkpoint is on the new disk. If yours are kept elsewhere, on Drive for example, bring them back and look again.',
  ],
  ['finished', 'safe', 'Finished, step 600', 'Everything is saved. Resumed at step 400. Best: step 500.'],
  [
    'finished-checking',
    'plain',
    'Finished, step 600',
    'The last checkpoints are being checked. Best: step 500.',
  ],
  ['finished-unproven', 'risk', 'Finished, step 600', 'Last whole checkpoint: step 500. Best: step 500.'],
  [
    'finished-unsaved',
    'risk',
    'Finished, step 600',
    "After step 500 nothing was saved: 100 steps are only in the kernel's memory. Best: step 500.",
  ],
  [
    'stopped-interrupted',
    'risk',
    'Stopped at step 451',
    'The training cell was interrupted. The kernel still has its variables. Safe: step 400. Lost: 51 steps, 3 min of work.',
  ],
  [
    'stopped-error',
    'lost',
    'An error stopped it at step 451',
    'The kernel still has its variables. Safe: step 400. Lost: 51 steps, 3 min of work.',
  ],
  [
    'lost-died',
    'lost',
    'Stopped at step 451',
    'The kernel died 40 s ago. Safe: step 400. Lost: 51 steps, 3 min of work.',
  ],
  [
    'lost-away',
    'lost',
    'Stopped at step 451',
    'The kernel died 40 s ago. Safe: step 400. Lost: 51 steps, 3 min of work. No kernel is there yet.',
  ],
  [
    'lost-gone',
    'lost',
    'Gone, last seen at step 451',
    'The kernel was gone when the page came back, 10 h ago. Safe: step 400. Lost: 51 steps, 3 min of work.',
  ],
  [
    'lost-checking',
    'lost',
    'Stopped at step 451',
    'The kernel died 40 s ago. The checkpoints are being checked.',
  ],
  [
    'lost-nothing-saved',
    'lost',
    'Stopped at step 22',
    'The kernel died 40 s ago. Nothing was saved: it has to start from the beginning.',
  ],
  ['recovering-setup', 'plain', 'Running setup, cell 3 of 4', 'Goes on when this window closes.'],
  ['recovering-watch', 'plain', 'Watching that it resumes', 'Goes on when this window closes.'],
  [
    'recovering-beside-failed',
    'lost',
    'checkpoint-400 was not put back',
    'Only cells that install or import were run meanwhile. Safe: step 400.',
  ],
  ['recovering-failed', 'lost', 'Setup cell 3 of 4 failed', 'Nothing after it was run. Safe: step 400.'],
  ['recovering-stopped', 'risk', 'Recovery stopped', 'You stopped it. Nothing further runs. Safe: step 400.'],
];

const stateOf = (view: PopupView | undefined) => {
  if (view?.kind !== 'notebook') throw new Error('not a notebook');
  return view.state;
};

const otherFrameworks: readonly (readonly [name: string, tone: string, heading: string, text: string])[] = [
  ['keras-training', 'safe', 'Safe up to epoch 7', 'Lost if it stops now: at most 1 epoch'],
  ['keras-unsaved', 'risk', 'Nothing is saved yet', 'If it stops now, everything is lost.'],
  [
    'keras-lost',
    'lost',
    'Stopped at epoch 8',
    'The kernel died 40 s ago. Safe: epoch 7. Lost: at most 1 epoch.',
  ],
  ['keras-finished', 'safe', 'Finished, epoch 20', 'Everything is saved. Resumed at epoch 7.'],
  [
    'keras-from-zero',
    'lost',
    'This looks like a start from zero',
    'It was to go on after epoch 7, but earlier epochs were seen. Stop the cell before its new checkpoints replace the old ones.',
  ],
  ['lightning-training', 'safe', 'Safe up to step 6300', 'Lost if it stops now: what it did since then.'],
  [
    'lightning-lost',
    'lost',
    'Stopped at step 6300',
    'The kernel died 40 s ago. Safe: last.ckpt. Lost: what it did after that.',
  ],
  ['loop-training', 'safe', 'Safe: last.pt', 'Lost if it stops now: what it did since then.'],
];

describe('headline', () => {
  it.each([...cases, ...otherFrameworks])('%s', (name, tone, heading, text) => {
    expect(headlineOf(t, stateOf(recordedStates[name]), RECORDED_AT)).toEqual({ tone, heading, text });
  });

  it('says "after every step" and "the last one" in words', () => {
    const plan = savePlan(
      { saveSteps: 1, maxSteps: 2, saveTotalLimit: 1, saveStrategy: 'steps' },
      { total: null, transformers: null },
      null,
    );
    const { heading, text } = headlineOf(t, { kind: 'idle', plan }, RECORDED_AT);
    expect([heading, text]).toEqual(['Plan: saves after every step', 'At 1 and 2. Keeps only the last one.']);
  });

  it('never claims that a run is safe without a whole checkpoint', () => {
    for (const view of Object.values(recordedStates)) {
      if (view.kind !== 'notebook' || view.state.kind === 'idle' || view.state.run.safeName !== null)
        continue;
      expect(headlineOf(t, view.state, RECORDED_AT).tone).not.toBe('safe');
    }
  });
});
