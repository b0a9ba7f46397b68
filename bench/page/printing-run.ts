import type { CDPSession, Page } from '@playwright/test';
import { launchBrowser } from '../../e2e/extension/browser.ts';
import { openNotebook } from '../../e2e/jupyter/notebook-page.ts';
import type { JupyterServer } from '../../e2e/jupyter/server.ts';
import { printingCell } from './printing-notebooks.ts';
import { watchOurTime, type OurTime } from './our-time.ts';

/** What printing did to the page's main thread. */
export interface PrintingRun {
  /** Processor time of all tasks of the main thread between the start of the cell and its last line on the page, s. */
  readonly mainThreadS: number;
  /** The page's JavaScript heap before the cell and after it, each after a garbage collection. */
  readonly heap: { readonly beforeBytes: number; readonly afterBytes: number };
  /** The part of it that is the extension's; only where it was profiled. */
  readonly ours: OurTime | null;
}

export interface PrintingOptions {
  readonly withExtension: boolean;
  /** Looks at every half millisecond whose code runs; it costs time itself, so such a run is not compared with others. */
  readonly profiled: boolean;
  readonly timeoutMs: number;
}

/** Opens the notebook in a browser of its own and runs the cell that prints. */
export const runPrinting = async (
  server: JupyterServer,
  path: string,
  { withExtension, profiled, timeoutMs }: PrintingOptions,
): Promise<PrintingRun> => {
  await using browser = await launchBrowser({ withExtension });
  const page = await browser.newPage();
  const notebook = await openNotebook(page, server, path);
  const session = await page.context().newCDPSession(page);
  // Processor time, so that what else the machine does counts little.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await notebook.run(0);
  const beforeBytes = await heapOf(session);
  const before = await metric(session, 'TaskDuration');
  const endWatch = profiled ? await watchOurTime(session) : null;
  await notebook.start(printingCell);
  await allIsPrinted(page, timeoutMs);
  const mainThreadS = (await metric(session, 'TaskDuration')) - before;
  const ours = (await endWatch?.()) ?? null;
  return { mainThreadS, heap: { beforeBytes, afterBytes: await heapOf(session) }, ours };
};

const heapOf = async (session: CDPSession): Promise<number> => {
  await session.send('HeapProfiler.collectGarbage');
  return metric(session, 'JSHeapUsedSize');
};

/**
 * The page shows the last line. Asked by the page's own observer and not by looking again and again: reading a text of
 * millions of characters would be most of what is measured.
 */
const allIsPrinted = async (page: Page, timeoutMs: number): Promise<void> => {
  const prompt = page.locator(
    `.jp-Notebook-cell[data-windowed-list-index="${printingCell}"] .jp-InputPrompt`,
    { hasText: /^\[\d+\]:$/ },
  );
  await prompt.waitFor({ timeout: timeoutMs });
};

const metric = async (session: CDPSession, wanted: string): Promise<number> => {
  const { metrics } = await session.send('Performance.getMetrics');
  const found = metrics.find(({ name }) => name === wanted);
  if (found === undefined) throw new Error(`the browser tells no ${wanted}`);
  return found.value;
};
