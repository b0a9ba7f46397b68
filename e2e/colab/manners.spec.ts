import { loraStory, pacedStory, trainingCell } from '../notebooks/lora-story.ts';
import { code, indexOf, notebook } from '../notebooks/notebook.ts';
import { countTimers } from '../extension/timers.ts';
import { expect, test, type OpenColab } from './fixtures.ts';
import { trainOnColab } from './training.ts';

/** At most one look at the folder in this time, less what a clock may be off. */
const LOOK_INTERVAL_MS = 10_000 - 200;

test('with no training run there is not one request, not one timer, and nothing is clicked', async ({
  openColab,
}) => {
  const busy = notebook(
    code('first', "print('hello')"),
    code('slow', 'import time\nfor i in range(24):\n    print(i)\n    time.sleep(0.5)'),
  );
  const colab = await openColab({ notebook: busy });
  await colab.run(0);
  const timers = await countTimers(colab.page);
  // Longer than any of our intervals.
  await colab.run(1);
  expect(colab.standIn.foreignRequests()).toEqual([]);
  expect(await timers.inPage(), 'in the page').toBe(0);
  expect(await timers.inContent(), 'in the content script').toBe(0);
  expect((await colab.standIn.clicks()).filter(({ trusted }) => !trusted)).toEqual([]);
  expect(colab.standIn.executions().map(({ by }) => by)).toEqual(['page', 'page']);
});

test(
  'while a run trains the folder is looked at every ten seconds at most, and no token is kept or told',
  { tag: '@long' },
  async ({ openColab }) => {
    const story = loraStory({ ...pacedStory, saveSteps: 100, pause: 0.08 });
    const training = indexOf(story, trainingCell);
    const colab = await openColab({ notebook: story });
    const heard = await hearMessagesToThePage(colab);
    const logged = hearConsole(colab);
    const { popup } = await trainOnColab(colab);
    await colab.waitForStep(training, 380);
    const looks = looksIn(colab);
    expect(looks.length).toBeGreaterThan(2);
    const pauses = looks.slice(1).map((at, index) => at - (looks[index] ?? 0));
    expect(Math.min(...pauses), `looks at ${looks.join(', ')}`).toBeGreaterThanOrEqual(LOOK_INTERVAL_MS);
    await popup.says(/^Finished, step 400$/, { timeoutMs: 60_000 });

    const tokens = colab.standIn.issuedTokens();
    expect(tokens.length, 'the extension had a token of its own').toBeGreaterThan(1);
    const extension = await colab.browser.extension();
    const kept = JSON.stringify([await extension.stored('local'), await extension.stored('session')]);
    expect(kept).toContain('story.ipynb');
    const told = JSON.stringify([await heard(), logged]);
    expect(told).toContain('file-access');
    for (const token of tokens) {
      expect(kept.includes(token), 'in storage').toBe(false);
      expect(told.includes(token), 'in messages to the page, or in a console').toBe(false);
    }
  },
);

const looksIn = (colab: OpenColab): readonly number[] =>
  colab.standIn
    .foreignRequests()
    .filter(({ path, method }) => path === '/api/contents/content/outputs' && method === 'GET')
    .map(({ at }) => at);

/** What comes to the page's own world over a port, where only the extension speaks. */
const hearMessagesToThePage = async (colab: OpenColab): Promise<() => Promise<unknown>> => {
  await colab.page.addInitScript(() => {
    const heard: unknown[] = [];
    Object.assign(globalThis, { heardOnPorts: heard });
    const listen: unknown = Reflect.get(MessagePort.prototype, 'addEventListener');
    if (typeof listen !== 'function') throw new Error('ports cannot be listened to');
    MessagePort.prototype.addEventListener = function (this: MessagePort, ...args: unknown[]) {
      Reflect.apply(listen, this, ['message', (event: MessageEvent) => heard.push(event.data)]);
      return Reflect.apply(listen, this, args);
    };
  });
  await colab.page.reload();
  await colab.cell(0).waitFor();
  return () => colab.page.evaluate('heardOnPorts');
};

const hearConsole = (colab: OpenColab): readonly string[] => {
  const lines: string[] = [];
  colab.browser.context.on('console', (message) => lines.push(message.text()));
  return lines;
};
