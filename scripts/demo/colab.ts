import { openColab } from '../../e2e/colab/colab-page.ts';
import { startColabStandIn } from '../../e2e/colab/stand-in.ts';
import { launchBrowser } from '../../e2e/extension/browser.ts';
import { hasDisplay } from './display.ts';
import type { Place } from './place.ts';

/** The stand-in for Colab's page, before a machine with the server and the kernel of Colab's versions. */
export const onColab: Place = async (story, transcript, act) => {
  await using standIn = await startColabStandIn({ notebook: story, name: 'lora.ipynb' });
  transcript.say('the stand-in for Colab is up');
  await using browser = await launchBrowser({ headed: hasDisplay(), hostsToPorts: standIn.hostsToPorts });
  const colab = await openColab(await browser.newPage(), standIn);
  transcript.say('the notebook is open in Chromium, with Holdfast');
  return await act({
    browser,
    notebook: colab,
    killKernel: async () => {
      await standIn.kernelCrash();
      return 'the runtime’s kernel is killed (kill -9), its disk stays';
    },
    readNotice: () => colab.snackbar.waitFor(),
    show: (cell) => colab.cell(cell).scrollIntoViewIfNeeded(),
    folder: standIn.contentDir,
    pictures: 'colab-',
  });
};
