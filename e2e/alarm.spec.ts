import { expect, test } from './fixtures.ts';
import { loraStory, pacedStory } from './notebooks/lora-story.ts';
import { reach, train } from './training.ts';

declare const restartingHeardAt: number | undefined;

/** Notes the moment at which the page hears from the server that the kernel is dead: both wire formats hold the word. */
const listener = `window.WebSocket = class extends WebSocket {
  constructor(...args) {
    super(...args);
    this.addEventListener('message', ({ data }) => {
      const text = typeof data === 'string' ? data : data instanceof ArrayBuffer ? new TextDecoder().decode(data) : '';
      if (text.includes('"restarting"')) window.restartingHeardAt ??= Date.now();
    });
  }
};`;

test('within a second of the server noticing, badge and notification tell of the dead kernel', async ({
  open,
  browserWithExtension,
}) => {
  await browserWithExtension.context.addInitScript({ content: listener });
  const notebook = await open(loraStory(pacedStory));
  const extension = await browserWithExtension.extension();
  await extension.recordNotifications();
  await train(notebook, browserWithExtension);
  await reach(notebook, 120);
  await notebook.server.killKernel(await notebook.kernelId());
  await expect.poll(() => extension.recordedNotifications()).toHaveLength(1);

  const heardAt = (await notebook.page.evaluate(() => restartingHeardAt)) ?? NaN;
  const [notification] = await extension.recordedNotifications();
  const alarm = (await extension.recordedBadges()).find(({ text }) => text === '!');
  expect(notification?.message).toMatch(/^Stopped at step \d+\. Safe: checkpoint-\d+\.$/);
  expect((alarm?.at ?? NaN) - heardAt, 'ms until the badge').toBeLessThan(1000);
  expect((notification?.at ?? NaN) - heardAt, 'ms until the notification').toBeLessThan(1000);
});
