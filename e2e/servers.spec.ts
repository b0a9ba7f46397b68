import { expect, test } from './fixtures.ts';
import { loraStory, pacedStory } from './notebooks/lora-story.ts';
import { cellBelow, kill, reach, train } from './training.ts';

test('behind a hub, logged in by password: the checkpoints are read by the login cookie alone', async ({
  open,
  browserWithExtension,
}) => {
  const notebook = await open(loraStory(pacedStory), {
    frontEnd: 'notebook',
    auth: 'password',
    baseUrl: '/user/ada/',
  });
  const popup = await train(notebook, browserWithExtension);
  await popup.says(/^Safe up to step 50$/);
  await expect(popup.page.getByText(/whole$/).first()).toBeVisible();
  await reach(notebook, 120);
  await kill(notebook, popup);
  await popup.press(/Run setup and resume/);
  await popup.says(/^Finished, step 400$/, { timeoutMs: 120_000 });
  expect(await cellBelow(notebook)).toMatch(/resume_from_checkpoint="outputs\/checkpoint-\d+"/);
});
