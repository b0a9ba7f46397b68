import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canHaveOwnDisk, ownDiskNeeds } from '../../src/runtime/own-disk.ts';
import { expect, test } from '../fixtures.ts';
import { ballast, withBallast } from '../notebooks/ballast.ts';
import { loraStory } from '../notebooks/lora-story.ts';
import { reach, train } from '../training.ts';
import { expectUninterrupted, keepUpTo, replaceMachine } from './lost-machine.ts';

const MB = 1_000_000;
const length = { maxSteps: 150, saveSteps: 75 };
const story = withBallast(loraStory({ ...length, pause: 0.15 }), 24 * MB);

test(
  'the new machine has a disk that is full in the midst: it is said, nothing half-written has a name, and it goes on when there is room',
  { tag: '@long' },
  async ({ open, browserWithExtension }, testInfo) => {
    test.setTimeout(300_000);
    test.skip(!canHaveOwnDisk(), ownDiskNeeds);
    const notebook = await open(story);
    const popup = await train(notebook, browserWithExtension);
    await keepUpTo(popup, 75);
    await reach(notebook, 90);
    await notebook.save();
    await replaceMachine(notebook, { diskBytes: 100 * MB });
    const disk = notebook.server.files();
    // The small files and some pieces of the large one fit beside it.
    const dataset = join(disk, 'dataset.bin');
    await writeFile(dataset, Buffer.alloc(86 * MB));
    await notebook.page.reload();
    await notebook.waitUntilReady();
    await popup.says(/^Gone, last seen at step \d+$/, { timeoutMs: 60_000 });
    await popup.press(/^Recover from checkpoint-75/);

    await popup.says(/^checkpoint-75 was not put back$/, { timeoutMs: 60_000 });
    await expect(popup.page.getByText(/^The disk of the machine is full\. Make room there/)).toBeVisible();
    const picture = () => popup.page.screenshot({ fullPage: true });
    await testInfo.attach('full.png', { body: await picture(), contentType: 'image/png' });
    const outputs = join(disk, 'outputs');
    expect(await readdir(outputs), 'nothing half-written has its name').not.toContain('checkpoint-75');
    const part = `restoring.checkpoint-75.holdfast-part/${ballast}`;
    expect((await stat(join(outputs, part))).size, 'it was in the midst').toBeGreaterThan(4 * MB);
    expect((await stat(dataset)).size, 'what is the user’s is as it was').toBe(86 * MB);

    await rm(dataset);
    await popup.press(/^Try this step again/);
    await popup.says(/^Finished, step 150$/, { timeoutMs: 120_000 });
    expect((await readdir(outputs)).filter((name) => name.includes('holdfast'))).toEqual([]);
    await expectUninterrupted(join(outputs, 'checkpoint-150'), length);
  },
);
