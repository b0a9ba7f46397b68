import { join } from 'node:path';
import { ballast, withBallast } from '../notebooks/ballast.ts';
import { loraStory, trainingCell } from '../notebooks/lora-story.ts';
import { indexOf } from '../notebooks/notebook.ts';
import { expectUninterrupted, keepUpTo } from '../recovery/lost-machine.ts';
import { until } from '../until.ts';
import { expect, test } from './fixtures.ts';
import { trainOnColab } from './training.ts';

const MB = 1_000_000;
const length = { maxSteps: 200, saveSteps: 100, sequenceLength: 16 };
const story = withBallast(loraStory({ ...length, pause: 0.3 }), 60 * MB);
const training = indexOf(story, trainingCell);

test(
  'Colab: the token of the runtime proxy ends in the midst of a recovery, and it goes on with a fresh one',
  { tag: '@long' },
  async ({ openColab }) => {
    test.setTimeout(300_000);
    const colab = await openColab({ notebook: story });
    const { popup } = await trainOnColab(colab, training);
    await keepUpTo(popup, 100);
    await colab.standIn.endServerSide({ looksAliveMs: 0 });
    await popup.says(/^The notebook has no runtime$/);
    colab.standIn.nextConnectGives('new');
    await colab.connect();
    await popup.says(/^Gone, last seen at step \d+$/);
    const pieces = () =>
      colab.standIn
        .foreignRequests()
        .filter(({ method, path }) => method === 'PUT' && path.includes(ballast));
    await popup.press(/^Recover from checkpoint-100/);
    await until('some pieces of the large file', () => pieces().length > 3, { intervalMs: 5 });
    const issued = colab.standIn.issuedTokens().length;
    colab.standIn.expireTokens();

    await popup.says(/^Finished, step 200$/, { timeoutMs: 180_000 });
    expect(pieces().filter(({ status }) => status === 401).length, 'a piece was refused').toBeGreaterThan(0);
    expect(colab.standIn.issuedTokens().length, 'a fresh one was asked for').toBeGreaterThan(issued);
    const sent = pieces().filter(({ status }) => status === 200 || status === 201).length;
    expect(sent, 'what had arrived was not sent again').toBeLessThan(18);
    await expectUninterrupted(join(colab.standIn.contentDir(), 'outputs/checkpoint-200'), length);
  },
);
