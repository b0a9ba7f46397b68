import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { popupPage } from '../extension/popup-page.ts';
import { expect, test } from '../fixtures.ts';
import { openClassic } from '../jupyter/classic-page.ts';
import { openNotebook } from '../jupyter/notebook-page.ts';
import { loraStory, pacedStory, trainingCell } from '../notebooks/lora-story.ts';
import { indexOf } from '../notebooks/notebook.ts';
import { kill, reach, train } from '../training.ts';

const story = loraStory(pacedStory);
const training = indexOf(story, trainingCell);

test('the classic notebook, behind a base URL: the run is read, and the resume cell is there to be copied', async ({
  folder,
  startServer,
  browserWithExtension,
}) => {
  await writeFile(join(folder, 'story.ipynb'), JSON.stringify(story));
  const server = await startServer({ frontEnd: 'classic', baseUrl: '/user/ada/' });
  await browserWithExtension.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const notebook = await openClassic(await browserWithExtension.newPage(), server, 'story.ipynb');
  await notebook.runAll();
  await notebook.waitForStep(training, 70);
  const popup = popupPage(await browserWithExtension.openPopup(notebook.page));
  await popup.says(/^Safe up to step \d+$/);
  await expect(popup.page.getByText(/steps are read, but cells cannot be inserted/)).toBeVisible();

  await server.killKernel(await notebook.kernelId());
  await popup.says(/^Stopped at step \d+$/);
  await expect(popup.page.getByText(/Copy this into a new cell:$/)).toBeVisible();
  await popup.press(/^Copy the cell$/);
  await expect(popup.page.getByText('Copied.')).toBeVisible();
  expect(await popup.page.evaluate(() => navigator.clipboard.readText())).toMatch(
    /^# Holdfast .*\ntrainer_stats = trainer\.train\(resume_from_checkpoint="outputs\/checkpoint-\d+"\)$/,
  );
  await expect(notebook.page.locator('.cell'), 'no cell was touched').toHaveCount(story.cells.length);
});

test(
  'JupyterLab that does not hand out its application: the same, from the socket alone',
  { tag: '@long' },
  async ({ folder, startServer, browserWithExtension }) => {
    await writeFile(join(folder, 'story.ipynb'), JSON.stringify(story));
    const server = await startServer();
    const page = await browserWithExtension.newPage();
    await page.addInitScript(() => {
      Object.defineProperty(window, 'jupyterapp', { value: undefined, configurable: false });
    });
    const notebook = {
      ...(await openNotebook(page, server, 'story.ipynb')),
      server,
      notebook: story,
      folder,
    };
    const popup = await train(notebook, browserWithExtension);
    const extension = await browserWithExtension.extension();
    expect(JSON.stringify(await extension.stored('session'))).toMatch(
      /"application":"absent".*"kernelTap":"reading"/,
    );
    await reach(notebook, 70);
    await kill(notebook, popup);
    await expect(popup.page.getByText(/Copy this into a new cell:$/)).toBeVisible();
    await expect(popup.page.getByLabel('Text of the resume cell')).toContainText(
      'trainer_stats = trainer.train(resume_from_checkpoint="outputs/checkpoint-',
    );
    expect((await server.rest.savedCells('story.ipynb')).length).toBe(story.cells.length);
  },
);
