import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PopupPage } from '../extension/popup-page.ts';
import { expect, test } from '../fixtures.ts';
import { loraStory } from '../notebooks/lora-story.ts';
import { code } from '../notebooks/notebook.ts';
import { reach, train } from '../training.ts';
import { expectUninterrupted, keepUpTo, replaceMachine } from './lost-machine.ts';

const length = { maxSteps: 150, saveSteps: 75 };
const plain = loraStory({ ...length, pause: 0.15 });
/** With a setup cell that needs a file of the machine, and takes long enough to be killed in the midst. */
const needsFile = code('needs-file', 'rows = open("rows.txt").read()\nimport time\ntime.sleep(float(rows))');
const story = { ...plain, cells: plain.cells.toSpliced(1, 0, needsFile) };

const failed = (popup: PopupPage, heading: RegExp): Promise<void> =>
  popup.says(heading, { timeoutMs: 60_000 });
const tryAgain = (popup: PopupPage): Promise<void> => popup.press(/^Try this step again/);

test(
  'each step that fails says so, loses nothing, and goes on when it is tried again',
  { tag: '@long' },
  async ({ open, folder, browserWithExtension }) => {
    await writeFile(join(folder, 'rows.txt'), '0');
    const notebook = await open(story);
    const popup = await train(notebook, browserWithExtension);
    await keepUpTo(popup, 75);
    await reach(notebook, 90);
    await notebook.save();
    await replaceMachine(notebook);
    // What is to be a folder is a file: the checkpoint can't be put back.
    await writeFile(join(folder, 'outputs'), 'in the way');
    await notebook.page.reload();
    await notebook.waitUntilReady();
    await popup.says(/^Gone, last seen at step \d+$/, { timeoutMs: 60_000 });
    await popup.press(/^Recover from checkpoint-75/);

    await failed(popup, /^checkpoint-75 was not put back$/);
    await rm(join(folder, 'outputs'));
    await tryAgain(popup);

    await failed(popup, /^Setup cell \d of \d failed$/);
    await expect(popup.page.getByText(/FileNotFoundError: .*rows\.txt/)).toBeVisible();
    await writeFile(join(folder, 'rows.txt'), '8');
    await tryAgain(popup);

    await popup.says(/^Running setup, cell \d of \d$/);
    await notebook.server.killKernel(await notebook.kernelId());
    await failed(popup, /^Setup cell \d of \d failed$/);
    await expect(popup.page.getByText('The kernel was lost while it ran.')).toBeVisible();
    await notebook.dismissKernelRestarting();
    await writeFile(join(folder, 'rows.txt'), '0');
    await tryAgain(popup);

    await popup.says(/^Finished, step 150$/, { timeoutMs: 120_000 });
    await expectUninterrupted(join(folder, 'outputs/checkpoint-150'), length);
  },
);
