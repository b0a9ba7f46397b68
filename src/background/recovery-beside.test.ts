import { describe, expect, it } from 'vitest';
import { error, importing, openRecovery } from './recovery-rig.ts';

describe('a setup cell that need not wait for the copy', () => {
  it('runs beside it, and the next waits for both', async () => {
    for (const copyFirst of [true, false]) {
      const { desk, id, plan, done, states } = openRecovery(importing);
      await desk.start(id, plan);
      expect(done).toEqual(['restore copy', 'run one']);
      const ends = [() => desk.restored(id, 'copy', null), () => desk.cellEnded(id, 'one', null)];
      for (const end of copyFirst ? ends : ends.toReversed()) {
        expect(done, 'the next uses what may not be there yet').not.toContain('run two');
        await end();
      }
      expect(done.toSorted()).toEqual(['insert', 'restore copy', 'run one', 'run two']);
      expect(states().slice(0, 3)).toEqual(['restore done', 'setup done', 'setup running']);
    }
  });

  it('is not begun before another that has to', async () => {
    const { desk, id, plan, done } = openRecovery(importing.toReversed());
    await desk.start(id, plan);
    expect(done).toEqual(['restore copy']);
  });

  it('that raises stops it; the copy is put back all the same, and only the cell is tried again', async () => {
    const { desk, id, plan, done, status, states } = openRecovery(importing);
    await desk.start(id, plan);
    await desk.cellEnded(id, 'one', error);
    expect([status(), states()[0], states()[1]]).toEqual(['failed', 'restore running', 'setup failed']);
    await desk.restored(id, 'copy', null);
    expect([status(), states()[0]]).toEqual(['failed', 'restore done']);
    await desk.retry(id);
    expect(done).toEqual(['restore copy', 'run one', 'run one', 'insert']);
  });

  it('is tried again while the copy is still being put back', async () => {
    const { desk, id, plan, done } = openRecovery(importing);
    await desk.start(id, plan);
    await desk.cellEnded(id, 'one', error);
    await desk.retry(id);
    expect(done).toEqual(['restore copy', 'run one', 'run one']);
  });

  it('ends well when the copy did not come back, and is not run twice', async () => {
    const { desk, id, plan, done, status, states } = openRecovery(importing);
    await desk.start(id, plan);
    await desk.restored(id, 'copy', 'restore-failed');
    await desk.cellEnded(id, 'one', null);
    expect([status(), states()[1], done]).toEqual(['failed', 'setup done', ['restore copy', 'run one']]);
    await desk.retry(id);
    await desk.restored(id, 'copy', null);
    expect(done).toEqual(['restore copy', 'run one', 'restore copy', 'run two', 'insert']);
  });

  it('lost with its kernel after the copy had failed is run again', async () => {
    const { desk, id, plan, done, states } = openRecovery(importing);
    await desk.start(id, plan);
    await desk.restored(id, 'copy', 'restore-failed');
    desk.kernelLost(id);
    expect(states().slice(0, 2)).toEqual(['restore failed', 'setup failed']);
    await desk.retry(id);
    expect(done).toEqual(['restore copy', 'run one', 'restore copy', 'run one']);
  });

  it('that raised is not passed over when the copy comes back after all', async () => {
    const { desk, id, plan, done, status } = openRecovery(importing);
    await desk.start(id, plan);
    await desk.cellEnded(id, 'one', error);
    await desk.restored(id, 'copy', 'restore-failed');
    await desk.restored(id, 'copy', null);
    expect([status(), done]).toEqual(['failed', ['restore copy', 'run one']]);
    await desk.retry(id);
    expect(done).toEqual(['restore copy', 'run one', 'run one', 'insert']);
  });

  it('does not keep the next copy waiting', async () => {
    const { desk, id, plan, done } = openRecovery(importing);
    const [first] = plan.steps;
    if (first === undefined) throw new Error('no step');
    await desk.start(id, { ...plan, steps: [{ ...first, copyId: 'best' }, ...plan.steps] });
    await desk.restored(id, 'best', null);
    expect(done).toEqual(['restore best', 'run one', 'restore copy']);
  });

  it('begins nothing more when it was stopped meanwhile', async () => {
    const { desk, id, plan, done, status, states } = openRecovery(importing);
    await desk.start(id, plan);
    desk.stop(id);
    await desk.cellEnded(id, 'one', null);
    await desk.restored(id, 'copy', null);
    expect([status(), done]).toEqual(['stopped', ['restore copy', 'run one']]);
    expect(states().slice(0, 3)).toEqual(['restore done', 'setup done', 'setup waiting']);
  });

  it('is left to run when the background begins anew; the copy is asked for again', async () => {
    const { desk, id, plan, done, states } = openRecovery(importing);
    await desk.start(id, plan);
    await desk.resume();
    expect(done).toEqual(['restore copy', 'run one', 'restore copy']);
    expect(states().slice(0, 2)).toEqual(['restore running', 'setup running']);
  });
});
