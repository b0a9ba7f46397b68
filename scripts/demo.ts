import { buildChrome } from './builds.ts';
import { onColab } from './demo/colab.ts';
import { onJupyter } from './demo/jupyter.ts';
import type { Place } from './demo/place.ts';
import { play } from './demo/story.ts';
import { runAll } from './program.ts';

/**
 * `npm run demo`: the story in JupyterLab. `npm run demo -- colab`: the same on the stand-in for Colab's page. On
 * a screen where there is one.
 */
const main = async (): Promise<number> => {
  const place = placeOf(process.argv.slice(2));
  if (place === null) {
    console.error('usage: npm run demo [-- colab]');
    return 2;
  }
  const built = await runAll([buildChrome]);
  return built === 0 ? play(place) : built;
};

const placeOf = ([name, ...more]: readonly string[]): Place | null => {
  if (name === undefined) return onJupyter;
  return name === 'colab' && more.length === 0 ? onColab : null;
};

process.exitCode = await main();
