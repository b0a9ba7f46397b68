import { canHaveOwnDisk, ownDiskNeeds } from '../../src/runtime/own-disk.ts';
import { loraStory } from '../notebooks/lora-story.ts';
import { code, notebook as bookOf } from '../notebooks/notebook.ts';
import { expect, test } from './fixtures.ts';
import { trainOnColab } from './training.ts';

const MiB = 1024 * 1024;

/** Each checkpoint takes so much within the save itself, before the Trainer deletes the oldest; it keeps three. */
const heavy = (bytes: number): string => `
import os, time
from transformers import TrainerCallback

class Pace(TrainerCallback):
    def on_step_end(self, args, state, control, **kwargs):
        time.sleep(0.15)

class Tokenizer:
    def save_pretrained(self, folder, **kwargs):
        with open(os.path.join(folder, "tokenizer.model"), "wb") as file:
            file.write(bytes(${bytes}))

trainer = Trainer(
    model=model, args=training_args, train_dataset=train_dataset, processing_class=Tokenizer(), callbacks=[Pace()]
)
`;
const story = bookOf(
  ...loraStory({ maxSteps: 600, saveSteps: 100, sequenceLength: 16 }).cells.map((cell) =>
    cell.id === 'trainer' ? code('trainer', heavy(20 * MiB)) : cell,
  ),
);

test(
  'a disk that will be full is told of in time, once, with the step at which the run then really stops',
  { tag: '@long' },
  async ({ openColab }, testInfo) => {
    test.setTimeout(300_000);
    test.skip(!canHaveOwnDisk(), ownDiskNeeds);
    const colab = await openColab({ notebook: story, diskBytes: 75 * MiB });
    const { popup, notifications } = await trainOnColab(colab);
    await expect(popup.page.getByText('The disk has room for 2 more saves.')).toBeVisible({
      timeout: 90_000,
    });
    await expect(popup.page.getByText('The one at step 400 does not fit and ends the run.')).toBeVisible();
    await expect(
      popup.page.getByText(/^On the machine: 1 checkpoint, 2\d MB\. 5\d MB free\.$/),
    ).toBeVisible();
    await testInfo.attach('two-more.png', {
      body: await popup.page.screenshot({ fullPage: true }),
      contentType: 'image/png',
    });
    await expect
      .poll(async () => (await notifications()).map(({ title }) => title))
      .toEqual(['Disk nearly full: story.ipynb']);

    await popup.says(/^An error stopped it at step 400$/, { timeoutMs: 120_000 });
    await expect(popup.page.getByText(/No space left on device|unexpected pos/)).toBeVisible();
    const titles = (await notifications()).map(({ title }) => title);
    expect(titles.filter((title) => title?.startsWith('Disk nearly full'))).toHaveLength(1);
    const asked = colab.standIn.foreignRequests().filter(({ path }) => path === '/api/colab/resources');
    expect(asked.length).toBeGreaterThan(0);
    const pauses = asked.slice(1).map(({ at }, index) => at - (asked[index]?.at ?? 0));
    expect(Math.min(Infinity, ...pauses), 'once a minute at most').toBeGreaterThanOrEqual(59_000);
  },
);
