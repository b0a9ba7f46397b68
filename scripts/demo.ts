import { buildChrome } from './builds.ts';
import { onColab } from './demo/colab.ts';
import { onJupyter } from './demo/jupyter.ts';
import { savedByClick, savesItself } from './demo/plot.ts';
import { play } from './demo/story.ts';
import { runAll } from './program.ts';

const WORDS = ['colab', 'save-now'];

/**
 * `npm run demo`: the story in JupyterLab. `-- colab`: the same on the stand-in for Colab's page. `-- save-now`: a run that would save
 * nothing before its end is saved by a click, in either place. On a screen where there is one.
 */
const main = async (): Promise<number> => {
  const words = process.argv.slice(2);
  if (!words.every((word) => WORDS.includes(word))) {
    console.error('usage: npm run demo [-- save-now] [colab]');
    return 2;
  }
  const place = words.includes('colab') ? onColab : onJupyter;
  const plot = words.includes('save-now') ? savedByClick : savesItself;
  const built = await runAll([buildChrome]);
  return built === 0 ? play(place, plot) : built;
};

process.exitCode = await main();
