import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { openColab } from '../e2e/colab/colab-page.ts';
import { startColabStandIn, type ColabOptions } from '../e2e/colab/stand-in.ts';
import { launchBrowser } from '../e2e/extension/browser.ts';
import { loraStory } from '../e2e/notebooks/lora-story.ts';
import { buildChrome } from './builds.ts';
import { hasDisplay } from './demo/display.ts';
import { runAll } from './program.ts';

const flag = v.exactOptional(v.literal(true));

/** The switches of `e2e/colab/options.ts` that make sense by hand. */
const Switches = v.strictObject({
  text: v.exactOptional(v.picklist(['inline', 'framed'])),
  language: v.exactOptional(v.picklist(['en', 'ja', 'pt-BR'])),
  theme: v.exactOptional(v.picklist(['light', 'dark'])),
  insert: v.exactOptional(v.picklist(['tools', 'insertCell', 'toolbar', 'none'])),
  pageObjects: v.exactOptional(v.picklist(['there', 'gone'])),
  files: v.exactOptional(v.picklist(['proxy', 'tunnel', 'none'])),
  kernelProtocol: v.exactOptional(v.picklist(['json', 'v1'])),
  kernelSocket: v.exactOptional(v.picklist(['page', 'hidden'])),
  serverVersion: v.exactOptional(v.picklist(['2.20.0', '2.14.0'])),
  reconnectsTo: v.exactOptional(v.picklist(['same', 'new'])),
  outputFramesBlocked: flag,
  oldDialogTags: flag,
  xssiPrefix: flag,
});

const usage = `npm run colab-stand-in -- [switches], for example --insert=toolbar --files=tunnel --oldDialogTags
${Object.entries(Switches.entries)
  .map(([name, { wrapped }]) => `  --${name}${'options' in wrapped ? `=${wrapped.options.join('|')}` : ''}`)
  .join('\n')}`;

/**
 * `npm run colab-stand-in`: a page like Colab's before a real kernel, in a browser with the built extension, and
 * beside it a page of buttons for what happens to people there. Ends when the browser is closed.
 */
const main = async (): Promise<number> => {
  const options = v.safeParse(Switches, given());
  if (!options.success) {
    console.error(usage);
    return 2;
  }
  if (!hasDisplay()) {
    console.error(
      'There is no display to show a browser on: set DISPLAY, or run the tests with npm run e2e.',
    );
    return 1;
  }
  const built = await runAll([buildChrome]);
  if (built !== 0) return built;
  await play({ notebook: loraStory({ pause: 0.05 }), ...options.output });
  return 0;
};

const play = async (options: ColabOptions): Promise<void> => {
  await using standIn = await startColabStandIn(options);
  await using browser = await launchBrowser({ headed: true, hostsToPorts: standIn.hostsToPorts });
  await openColab(await browser.newPage(), standIn);
  const controls = await browser.newPage();
  await controls.goto(`https://localhost:${standIn.port}/`);
  console.log(`The notebook: ${standIn.notebookUrl}`);
  console.log(`What may happen to it: https://localhost:${standIn.port}/`);
  console.log('Both are open in the browser. Close it to end.');
  await new Promise<void>((resolve) => {
    browser.context.once('close', () => resolve());
    process.once('SIGINT', () => resolve());
  });
};

const given = (): Record<string, unknown> | null => {
  try {
    const names = Object.entries(Switches.entries);
    const type = ({ wrapped }: { wrapped: object }) => ('options' in wrapped ? 'string' : 'boolean');
    const { values } = parseArgs({
      options: Object.fromEntries(names.map(([name, schema]) => [name, { type: type(schema) }])),
    });
    return { ...values };
  } catch {
    return null;
  }
};

process.exitCode = await main();
