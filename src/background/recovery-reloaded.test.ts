import { describe, expect, it } from 'vitest';
import { openRecovery } from './recovery-rig.ts';

describe('a page that is loaded anew while a setup cell runs', () => {
  const inSetup = async () => {
    const recovery = openRecovery();
    await recovery.desk.start(recovery.id, recovery.plan);
    await recovery.desk.restored(recovery.id, 'copy', null);
    recovery.begins('one');
    recovery.pageGoes();
    return recovery;
  };

  it('hears its end all the same', async () => {
    const { desk, id, steps, done } = await inSetup();
    expect(steps()[1]).toMatchObject({ state: 'running', unheard: true });
    await desk.cellEnded(id, 'one', null);
    expect([steps()[1]?.state, done.at(-1), steps()[2]?.unheard]).toEqual(['done', 'run two', false]);
  });

  it('says that how it ended is not known, when the kernel is free again', async () => {
    const { desk, id, steps, status, done, clock } = await inSetup();
    clock.now = 9000;
    desk.answered(id, 8000);
    expect([status(), steps()[1]?.error]).toEqual(['failed', 'end-unknown']);
    await desk.skip(id, 1);
    expect([status(), steps()[1]?.state, done.at(-1)]).toEqual(['running', 'skipped', 'run two']);
  });

  it('runs it again when it is told to', async () => {
    const { desk, id, steps, done } = await inSetup();
    await desk.retry(id);
    expect(done).toEqual(['restore copy', 'run one', 'insert', 'run one']);
    expect(steps()[1]).toMatchObject({ state: 'running', unheard: false });
  });

  it('and was stopped meanwhile is not run again by going on', async () => {
    const { desk, id, done, steps } = await inSetup();
    desk.stop(id);
    await desk.retry(id);
    expect([done.at(-1), done.length, steps()[1]?.state]).toEqual(['insert', 3, 'running']);
    await desk.cellEnded(id, 'one', null);
    expect(done.at(-1)).toBe('run two');
  });

  it('never has the training cell run a second time', async () => {
    const { desk, id, toTraining, pageGoes, done, steps } = openRecovery();
    await toTraining();
    pageGoes();
    await desk.retry(id);
    expect(done.filter((each) => each === 'run resume')).toHaveLength(1);
    expect(steps()[4]).toMatchObject({ kind: 'train', state: 'running' });
  });

  it('takes no answer for its end that is of the time before it began', async () => {
    const { desk, id, steps, clock, begins } = await inSetup();
    desk.answered(id, 900);
    expect(steps()[1]?.state).toBe('running');
    // The kernel was busy with something else when the cell was given to it.
    clock.now = 9000;
    begins('one');
    desk.answered(id, 8000);
    expect(steps()[1]?.state).toBe('running');
  });

  it('does not doubt a cell whose page stayed', async () => {
    const { desk, id, plan, steps } = openRecovery();
    await desk.start(id, plan);
    await desk.restored(id, 'copy', null);
    desk.answered(id, 99_000);
    expect(steps()[1]?.state).toBe('running');
  });
});
