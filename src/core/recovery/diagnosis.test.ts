import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { runPhaseSchema } from '../run/run.ts';
import {
  diagnose,
  isDiskInDoubt,
  isDiskNew,
  type Diagnosis,
  type Evidence,
  type KernelLoss,
  type ServerNow,
} from './diagnosis.ts';

const connected: Diagnosis = { state: 'running', line: 'connected' };

const after = (...evidence: readonly Evidence[]): string => {
  const end = evidence.reduce(diagnose, connected);
  return end.state === 'running' ? end.line : `${end.cause}, disk ${end.disk}`;
};

const lost = (said: KernelLoss, server: ServerNow = 'unknown'): Evidence => ({
  kind: 'kernel-lost',
  said,
  server,
});
const folder = (seen: 'there' | 'gone' | 'back'): Evidence => ({ kind: 'folder', seen });
const asked = (answer: 'silence' | 'kernel-there'): Evidence => ({ kind: 'asked', answer });
const anotherMachine: Evidence = { kind: 'another-machine' };

describe('while the run may go on', () => {
  it.each<readonly [string, readonly Evidence[]]>([
    ['offline', [{ kind: 'browser-offline' }]],
    ['connected', [{ kind: 'browser-offline' }, { kind: 'line-back' }]],
    ['server-unreachable', [asked('silence')]],
    ['notebook-disconnected', [asked('kernel-there')]],
    ['notebook-disconnected', [asked('silence'), asked('kernel-there')]],
    ['server-unreachable', [asked('kernel-there'), asked('silence')]],
    ['runtime-disconnected', [{ kind: 'no-runtime' }]],
    // Silence proves nothing beside the page's own word; an answer does: the machine lives.
    ['runtime-disconnected', [{ kind: 'no-runtime' }, asked('silence')]],
    ['notebook-disconnected', [{ kind: 'no-runtime' }, asked('kernel-there')]],
    ['page-away', [asked('silence'), { kind: 'page-closed' }]],
    // What is seen of a folder proves no loss.
    ['connected', [folder('gone')]],
  ])('%s', (expected, evidence) => expect(after(...evidence)).toBe(expected));
});

describe('why it was lost', () => {
  it.each<readonly [KernelLoss, ServerNow, string]>([
    ['died', 'unknown', 'kernel-died'],
    // The server said so itself, so it is the one that ran the kernel.
    ['died', 'another', 'kernel-died'],
    ['dead', 'same', 'kernel-died'],
    ['dead', 'another', 'server-restarted'],
    ['dead', 'stopped', 'server-stopped'],
    ['restarted', 'same', 'kernel-restarted'],
    ['another', 'unknown', 'kernel-restarted'],
    ['another', 'another', 'server-restarted'],
    ['shut-down', 'same', 'kernel-shut-down'],
    ['shut-down', 'stopped', 'server-stopped'],
    ['not-there', 'same', 'kernel-shut-down'],
    ['not-there', 'another', 'server-restarted'],
    ['not-there', 'stopped', 'server-stopped'],
    ['not-there', 'unknown', 'gone-while-away'],
  ])('%s, server: %s → %s', (said, server, cause) =>
    expect(after(lost(said, server))).toBe(`${cause}, disk unknown`),
  );

  it('is told once: a later word about the same kernel changes nothing', () =>
    expect(after(lost('died'), lost('shut-down', 'stopped'))).toBe('kernel-died, disk unknown'));

  it('stays what it is when the line comes back', () =>
    expect(after(lost('not-there', 'stopped'), { kind: 'line-back' }, { kind: 'page-closed' })).toBe(
      'server-stopped, disk unknown',
    ));
});

describe('what became of the disk', () => {
  it.each<readonly [string, readonly Evidence[]]>([
    ['server-restarted, disk kept', [lost('not-there', 'another'), folder('there')]],
    ['machine-replaced, disk empty', [lost('not-there', 'another'), folder('gone')]],
    ['server-stopped, disk kept', [lost('not-there', 'stopped'), folder('there')]],
    ['server-stopped, disk empty', [lost('not-there', 'stopped'), folder('gone')]],
    ['machine-replaced, disk kept', [anotherMachine, folder('there')]],
    ['machine-replaced, disk empty', [anotherMachine, folder('gone')]],
    ['machine-replaced, disk kept', [anotherMachine, folder('gone'), folder('back')]],
    // A new folder of the same name, or a copy that was put back, is not the old disk.
    ['machine-replaced, disk empty', [anotherMachine, folder('gone'), folder('there')]],
    // Removed by hand, later.
    ['server-restarted, disk kept', [lost('not-there', 'another'), folder('there'), folder('gone')]],
    // The kernel died first; then the machine went as well.
    ['machine-replaced, disk unknown', [lost('died'), folder('there'), anotherMachine]],
    ['machine-replaced, disk empty', [lost('died'), folder('there'), anotherMachine, folder('gone')]],
    ['machine-replaced, disk empty', [anotherMachine, folder('gone'), anotherMachine]],
    // Why the kernel went is not known, and a folder that is gone does not tell it.
    ['gone-while-away, disk empty', [lost('not-there'), folder('gone')]],
  ])('%s', (expected, evidence) => expect(after(...evidence)).toBe(expected));

  it('is new where nothing was found, and taken for new on a machine that nobody looked at', () => {
    expect(isDiskNew({ cause: 'server-stopped', disk: 'empty' })).toBe(true);
    expect(isDiskNew({ cause: 'machine-replaced', disk: 'unknown' })).toBe(true);
    expect(isDiskNew({ cause: 'machine-replaced', disk: 'kept' })).toBe(false);
    expect(isDiskNew({ cause: 'server-stopped', disk: 'unknown' })).toBe(false);
  });

  it('is no question where only a kernel went', () => {
    expect(isDiskInDoubt('kernel-died')).toBe(false);
    expect(isDiskInDoubt('server-stopped')).toBe(true);
  });
});

it('takes a loss that was kept before disks were looked at, and claims nothing of its disk', () => {
  const stored = { kind: 'lost', at: 1, cause: 'machine-replaced', kernel: 'away' };
  expect(v.parse(runPhaseSchema, stored)).toEqual({ ...stored, disk: 'unknown' });
});
