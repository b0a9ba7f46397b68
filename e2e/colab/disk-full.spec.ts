import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canHaveOwnDisk, ownDiskNeeds } from '../../src/runtime/own-disk.ts';
import { loraStory } from '../notebooks/lora-story.ts';
import { expectUninterrupted, keepUpTo } from '../recovery/lost-machine.ts';
import { expect, test } from './fixtures.ts';
import { trainOnColab } from './training.ts';

const MiB = 1024 * 1024;
const length = { maxSteps: 200, saveSteps: 100, sequenceLength: 16 };
const story = loraStory({ ...length, pause: 0.3 });

test(
  'Colab tells how much its disk holds: what does not fit is not begun, and goes on when there is room',
  { tag: '@long' },
  async ({ openColab }, testInfo) => {
    test.setTimeout(300_000);
    test.skip(!canHaveOwnDisk(), ownDiskNeeds);
    // 256 MiB stay free for what runs on the machine.
    const colab = await openColab({ notebook: story, diskBytes: 300 * MiB });
    const { popup } = await trainOnColab(colab);
    await keepUpTo(popup, 100);
    await colab.standIn.endServerSide({ looksAliveMs: 0 });
    await popup.says(/^The notebook has no runtime$/);
    colab.standIn.nextConnectGives('new');
    await colab.connect();
    await popup.says(/^Gone, last seen at step \d+$/);
    const content = colab.standIn.contentDir();
    const dataset = join(content, 'dataset.bin');
    await writeFile(dataset, Buffer.alloc(60 * MiB));
    await popup.press(/^Recover from checkpoint-100/);

    await popup.says(/^checkpoint-100 was not put back$/, { timeoutMs: 60_000 });
    await expect(
      popup.page.getByText(/^The server's disk has no room for it: \d+(\.\d+)? MB are missing/),
    ).toBeVisible();
    await testInfo.attach('no-room.png', {
      body: await popup.page.screenshot({ fullPage: true }),
      contentType: 'image/png',
    });
    expect((await readdir(content)).filter((name) => !name.startsWith('.'))).toEqual(['dataset.bin']);

    await rm(dataset);
    await popup.press(/^Try this step again/);
    await popup.says(/^Finished, step 200$/, { timeoutMs: 150_000 });
    await expectUninterrupted(join(content, 'outputs/checkpoint-200'), length);
  },
);
