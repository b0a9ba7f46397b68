import { describe, expect, it } from 'vitest';
import { error, openRecovery } from './recovery-rig.ts';

describe('a recovery', () => {
  it('does what the plan says, the resume cell put in while the setup cells run, and is done when the run goes on', async () => {
    const { toTraining, done, states, sees, status } = openRecovery();
    await toTraining();
    expect(done).toEqual(['restore copy', 'run one', 'insert', 'run two', 'run resume']);
    expect(states()).toEqual([
      'restore done',
      'setup done',
      'setup done',
      'insert done',
      'train running',
      'watch waiting',
    ]);
    sees(401);
    expect(status()).toBe('done');
  });

  it('is done as soon as the run is seen, where its checkpoint has no number to hold it against', async () => {
    const { toTraining, runs, status } = openRecovery();
    await toTraining();
    runs('last.pt');
    expect(status()).toBe('done');
  });

  it('that is begun twice does nothing twice', async () => {
    const { desk, id, plan, done } = openRecovery();
    await desk.start(id, plan);
    await desk.start(id, plan);
    expect(done).toEqual(['restore copy']);
  });

  it('says loudly that the run began anew', async () => {
    const { toTraining, sees, status, steps } = openRecovery();
    await toTraining();
    sees(1, 2);
    expect(status()).toBe('failed');
    expect(steps().at(-1)).toMatchObject({ kind: 'watch', state: 'failed', error: 'from-zero' });
  });

  it('waits for a copy that is not back, and tries it again', async () => {
    const { desk, id, plan, done, status, states } = openRecovery();
    await desk.start(id, plan);
    await desk.restored(id, 'copy', 'restore-failed');
    expect([status(), states()[0], done]).toEqual(['failed', 'restore failed', ['restore copy']]);
    await desk.retry(id);
    await desk.restored(id, 'copy', null);
    expect(done).toEqual(['restore copy', 'restore copy', 'run one', 'insert']);
  });

  it('goes on when what was in the way of the copy has been moved aside', async () => {
    const { desk, id, plan, done, status } = openRecovery();
    await desk.start(id, plan);
    await desk.restored(id, 'copy', 'restore-failed');
    await desk.restored(id, 'copy', null);
    expect([status(), done]).toEqual(['running', ['restore copy', 'run one', 'insert']]);
  });

  it('stops at a setup cell that raises; left out, the next has its turn', async () => {
    const { desk, id, plan, done, steps, status } = openRecovery();
    await desk.start(id, plan);
    await desk.restored(id, 'copy', null);
    await desk.cellEnded(id, 'one', error);
    expect(status()).toBe('failed');
    expect(steps()[1]?.error).toBe("NameError: name 'model' is not defined");
    await desk.skip(id, 1);
    expect([status(), steps()[1]?.state, done.at(-1)]).toEqual(['running', 'skipped', 'run two']);
  });

  it('leaves out what has not begun yet', async () => {
    const { desk, id, plan, done } = openRecovery();
    await desk.start(id, plan);
    await desk.skip(id, 1);
    await desk.restored(id, 'copy', null);
    expect(done).toEqual(['restore copy', 'run two', 'insert']);
  });

  it('does not wait for ever for a cell whose end nobody heard', async () => {
    const { desk, id, plan, done, states } = openRecovery();
    await desk.start(id, plan);
    await desk.skip(id, 0);
    expect(states()[0], 'a copy that is being put back is cancelled by its own job').toBe('restore running');
    await desk.restored(id, 'copy', null);
    await desk.skip(id, 1);
    expect([states()[1], done.at(-1)]).toEqual(['setup skipped', 'run two']);
    await desk.cellEnded(id, 'one', null);
    expect(states()[1], 'its end changes nothing any more').toBe('setup skipped');
  });

  it('runs the setup cells again when the kernel died, but brings nothing back twice', async () => {
    const { desk, id, toTraining, done, states } = openRecovery();
    await toTraining();
    desk.kernelLost(id);
    expect(states()[4]).toBe('train failed');
    done.length = 0;
    await desk.retry(id);
    await desk.cellEnded(id, 'one', null);
    await desk.cellEnded(id, 'two', null);
    expect(done).toEqual(['run one', 'run two', 'run resume']);
  });

  it('tells why the resume cell is not in the notebook', async () => {
    const { desk, id, plan, answers, steps, done } = openRecovery();
    answers.insertFails = true;
    await desk.start(id, { ...plan, steps: plan.steps.slice(3) });
    expect(steps()[0]).toMatchObject({ kind: 'insert', state: 'failed', error: 'read-only' });
    answers.insertFails = false;
    await desk.retry(id);
    expect(done.at(-1)).toBe('run resume');
  });

  it('fails the cell, not what is written meanwhile, when the kernel dies', async () => {
    const { desk, id, plan, states } = openRecovery();
    await desk.start(id, plan);
    await desk.restored(id, 'copy', null);
    desk.kernelLost(id);
    expect(states().slice(0, 4)).toEqual(['restore done', 'setup failed', 'setup waiting', 'insert done']);
  });

  it('begins nothing more when the resume cell could not be put in, but the cell that runs ends well', async () => {
    const { desk, id, plan, answers, done, status } = openRecovery();
    answers.insertFails = true;
    await desk.start(id, plan);
    await desk.restored(id, 'copy', null);
    await desk.cellEnded(id, 'one', null);
    expect([status(), done]).toEqual(['failed', ['restore copy', 'run one', 'insert']]);
    answers.insertFails = false;
    await desk.retry(id);
    expect(done.slice(3).toSorted()).toEqual(['insert', 'run two']);
  });

  it('puts the resume cell in again where a page that was loaded anew has lost it', async () => {
    const { desk, id, plan, answers, done, states } = openRecovery();
    await desk.start(id, plan);
    await desk.restored(id, 'copy', null);
    await desk.cellEnded(id, 'one', null);
    answers.pageHasLost = 'resume';
    await desk.cellEnded(id, 'two', null);
    expect(done.slice(-3)).toEqual(['run two', 'insert', 'run resume']);
    expect(states().at(-2)).toBe('train running');
  });

  it('tells why a cell could not be run', async () => {
    const { desk, id, plan, answers, steps } = openRecovery();
    answers.run = 'no-kernel';
    await desk.start(id, plan);
    await desk.restored(id, 'copy', null);
    expect(steps()[1]).toMatchObject({ state: 'failed', error: 'no-kernel' });
  });

  it('that was stopped goes on where it was', async () => {
    const { desk, id, plan, done, status } = openRecovery();
    await desk.start(id, plan);
    desk.stop(id);
    await desk.restored(id, 'copy', null);
    expect([status(), done]).toEqual(['stopped', ['restore copy']]);
    await desk.retry(id);
    expect(done).toEqual(['restore copy', 'run one', 'insert']);
  });

  it('that ends with the files is done then, and is not confused by a run that begins anew', async () => {
    const { desk, id, plan, status, sees } = openRecovery();
    await desk.start(id, { ...plan, steps: plan.steps.slice(0, 1) });
    await desk.restored(id, 'copy', null);
    expect(status()).toBe('done');
    expect(() => sees(1, 2)).not.toThrow();
  });

  it('asks for its copy again when the background begins anew', async () => {
    const { desk, id, plan, done } = openRecovery();
    await desk.start(id, plan);
    await desk.resume();
    expect(done).toEqual(['restore copy', 'restore copy']);
  });
});
