import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from '../../e2e/extension/browser.ts';
import { openNotebook } from '../../e2e/jupyter/notebook-page.ts';
import { startJupyter } from '../../e2e/jupyter/server.ts';
import { hasDisplay } from './display.ts';
import type { Place } from './place.ts';

/** JupyterLab on this computer. */
export const onJupyter: Place = async (story, transcript, act) => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-demo-'));
  try {
    await writeFile(join(folder, 'lora.ipynb'), JSON.stringify(story, undefined, 1));
    await using server = await startJupyter({ frontEnd: 'lab', auth: 'token', rootDir: folder });
    transcript.say('JupyterLab is up');
    await using browser = await launchBrowser({ headed: hasDisplay() });
    const notebook = await openNotebook(await browser.newPage(), server, 'lora.ipynb');
    transcript.say('the notebook is open in Chromium, with Holdfast');
    return await act({
      browser,
      notebook,
      killKernel: async () => {
        await server.killKernel(await notebook.kernelId());
        return 'the kernel is killed (kill -9)';
      },
      readNotice: notebook.dismissKernelRestarting,
      show: notebook.select,
      folder: () => folder,
      pictures: '',
    });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
};
