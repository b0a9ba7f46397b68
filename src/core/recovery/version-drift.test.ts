import { describe, expect, it } from 'vitest';
import { createLogScanner } from '../log/scanner.ts';
import { hearOutput } from '../run/progress.ts';
import { beginRun, continueRun, type NewRun, type Run } from '../run/run.ts';
import { newRun, seenCheckpoint, wholeCheckpoint } from '../run/run-rig.ts';
import { driftBetween, packageVersion } from './package-versions.ts';
import { emptySetupRecord, noteExecution, notePackages } from './setup-record.ts';
import { versionDrift } from './version-drift.ts';

describe('two sets of versions', () => {
  it('differ in what is known of both', () => {
    expect(driftBetween({ torch: '2.5.1', peft: '0.13.0' }, { torch: '2.6.0', trl: '0.12.1' })).toEqual([
      { name: 'torch', before: '2.5.1', now: '2.6.0' },
    ]);
  });

  it('do not differ by a build that only one of them names', () => {
    expect(driftBetween({ torch: '2.5.1+cu121' }, { torch: '2.5.1' })).toEqual([]);
    expect(driftBetween({ torch: '2.5.1+cu121' }, { torch: '2.5.1+cpu' })).toHaveLength(1);
  });

  it('hold training packages and versions only', () => {
    expect(packageVersion('unsloth_zoo', '2025.1.1')).toEqual({ 'unsloth-zoo': '2025.1.1' });
    expect(packageVersion('six', '1.17.0')).toEqual({});
    expect(packageVersion('torch', '2.5.1; rm -rf /')).toEqual({});
    expect(packageVersion('torch', 'unknown')).toEqual({});
  });
});

it('a record keeps the newest word of each package, whatever runs in between', () => {
  const one = notePackages(emptySetupRecord, { torch: '2.5.1', peft: '0.13.0' });
  const cell = { cellId: 'a', source: '1', ok: true, startedAt: 1, endedAt: 2 };
  const two = notePackages(noteExecution(one, cell), { torch: '2.6.0' });
  expect(two.packages).toEqual({ torch: '2.6.0', peft: '0.13.0' });
  expect(notePackages(two, { torch: '2.6.0' }), 'nothing new').toBe(two);
});

const start = (id: string, packages: Record<string, string>): NewRun =>
  newRun({ id, packages, folder: { kind: 'unknown' } });
const checkpoint = seenCheckpoint(400);
const from = wholeCheckpoint(400);
const lost: Run = {
  ...beginRun(start('first', { transformers: '4.44.0', torch: '2.5.1' })),
  phase: { kind: 'lost', at: 1, cause: 'machine-replaced', disk: 'empty', kernel: 'back' },
  checkpoints: [checkpoint],
};
const NEW = { transformers: '5.23.0', torch: '2.5.1+cpu' };
const DRIFT = [{ name: 'transformers', before: '4.44.0', now: '5.23.0' }];
const heard = (run: Run, text: string): Run => hearOutput(run, createLogScanner('live').push(text), null, 1);

describe('packages that are other ones than when a checkpoint was saved', () => {
  it('are known when the setup cells have run on the new machine', () => {
    expect(versionDrift(lost, {}), 'nothing was seen there yet').toEqual([]);
    expect(versionDrift(lost, NEW)).toEqual(DRIFT);
  });

  it('are known while the resumed run has not come to a step of its own', () => {
    const resumed = continueRun(start('second', NEW), lost, from);
    expect(versionDrift(resumed, NEW)).toEqual(DRIFT);
    const goesOn = heard(resumed, ' 67%|██████▋   | 401/600 [00:01<03:00,  1.10it/s]\n');
    expect(versionDrift(goesOn, NEW), 'it makes no difference').toEqual([]);
  });

  it('are known from the cell itself, whose banner names them', () => {
    const resumed = continueRun(start('second', {}), lost, from);
    expect(versionDrift(resumed, {})).toEqual([]);
    const banner = '==((====))==  Unsloth 2025.3.19: Fast Gemma3 patching. Transformers: 4.50.0.\n';
    expect(versionDrift(heard(resumed, banner), {})).toMatchObject([{ before: '4.44.0', now: '4.50.0' }]);
  });

  it('are compared with those of the run that saved, not of one that never got so far', () => {
    const failed: Run = {
      ...continueRun(start('second', NEW), lost, from),
      phase: { kind: 'stopped', at: 2, reason: { kind: 'error', name: 'ValueError', message: '' } },
    };
    expect(versionDrift(continueRun(start('third', NEW), failed, from), NEW)).toEqual(DRIFT);
  });

  it('are told by the checkpoint or its copy where no output was seen', () => {
    const silent = { ...lost, packages: {} };
    const resumed = continueRun(start('second', NEW), silent, from);
    expect(versionDrift(resumed, NEW)).toEqual([]);
    expect(versionDrift(resumed, NEW, { transformers: '4.44.0' })).toEqual(DRIFT);
    const checkpoints = [{ ...checkpoint, packages: { transformers: '4.44.0' } }];
    expect(versionDrift({ ...resumed, checkpoints }, NEW)).toEqual(DRIFT);
  });
});
