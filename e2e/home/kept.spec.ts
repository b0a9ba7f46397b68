import { access, appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { popupPage } from '../extension/popup-page.ts';
import { loraStory, pacedStory } from '../notebooks/lora-story.ts';
import { train } from '../training.ts';
import { hashesInZip, hashesOnDisk } from './archive-readers.ts';
import { downloaded, expect, popupOf, test } from './fixtures.ts';

test(
  'while it trains a checkpoint is kept, comes home as a zip, and is put back after the folder is lost',
  { tag: '@long' },
  async ({ open, folder, browserWithExtension }) => {
    const notebook = await open(loraStory({ ...pacedStory, saveSteps: 100 }));
    const { page } = await train(notebook, browserWithExtension);
    await popupPage(page).says(/^Safe up to step 100$/);
    const popup = popupOf(page);
    const { notebookId } = await popup.view();
    const names = ['checkpoint-100'];

    await popup.act({ kind: 'bring-home', notebookId, names, extent: 'everything', to: 'browser' });
    const keptJob = await popup.ended();
    expect(keptJob.state, JSON.stringify(keptJob)).toMatchObject({
      kind: 'done',
      checked: 'verified',
      fileName: null,
    });
    const source = await hashesOnDisk(join(folder, 'outputs/checkpoint-100'), 'checkpoint-100');
    await popup.act({ kind: 'bring-home', notebookId, names, extent: 'inference', to: 'zip' });
    await popup.job('a zip', ({ to }) => to === 'zip');
    expect((await popup.ended()).state).toMatchObject({ kind: 'done', checked: 'verified' });
    expect(await downloaded(folder)).toEqual(['checkpoint-100.zip']);
    const inZip = await hashesInZip(join(folder, 'downloads/checkpoint-100.zip'));
    expect(source).toMatchObject(inZip);
    expect(Object.keys(inZip).join()).toMatch(/adapter_model/);
    expect(Object.keys(inZip).join()).not.toMatch(/optimizer|rng_state|scheduler/);

    await popupPage(page).says(/^Finished, step 400$/, { timeoutMs: 60_000 });
    await expect(access(join(folder, 'outputs/checkpoint-100')), 'it was rotated away').rejects.toThrow();
    const { home, state } = await popup.view();
    expect(home.copies).toEqual([
      expect.objectContaining({ name: 'checkpoint-100', step: 100, state: 'verified', extent: 'everything' }),
    ]);
    const shown = state.kind === 'finished' ? state.run.checkpoints : [];
    const [copy] = home.copies;
    expect(shown.find(({ name }) => name === 'checkpoint-100')).toMatchObject({
      gone: true,
      copyId: copy?.id,
    });

    const putBack = { kind: 'restore-copy', notebookId, copyId: copy?.id ?? '', folder: null } as const;
    await popup.act(putBack);
    await popup.job('being put back', ({ to }) => to === 'server');
    expect((await popup.ended()).state).toMatchObject({ kind: 'done', checked: 'verified' });
    expect(await hashesOnDisk(join(folder, 'outputs/checkpoint-100'), 'checkpoint-100')).toEqual(source);

    const isOver = async (): Promise<string> =>
      (await popup.view()).home.jobs.map((job) => job.state.kind).join(' ');
    const before = await isOver();
    await popup.act(putBack);
    await expect.poll(isOver, 'it is there already').toBe(`done ${before}`);

    const file = 'outputs/checkpoint-100/trainer_state.json';
    await appendFile(join(folder, file), ' ');
    const mine = await hashesOnDisk(join(folder, 'outputs/checkpoint-100'), 'checkpoint-100');
    await popup.act(putBack);
    const refused = await popup.job('a refusal', ({ state }) => state.kind === 'failed');
    expect(refused.state).toMatchObject({ why: { kind: 'in-the-way', name: 'checkpoint-100' } });
    expect(await hashesOnDisk(join(folder, 'outputs/checkpoint-100'), 'checkpoint-100')).toEqual(mine);

    await popup.act({ kind: 'move-aside-job', jobId: refused.id });
    const asideAs = 'outputs/before-restore-1.checkpoint-100';
    expect((await popup.ended()).state).toMatchObject({ kind: 'done', checked: 'verified', asideAs });
    expect(await hashesOnDisk(join(folder, 'outputs/checkpoint-100'), 'checkpoint-100')).toEqual(source);
    expect(await hashesOnDisk(join(folder, asideAs), 'checkpoint-100')).toEqual(mine);
  },
);
