import type { Curves } from '../../core/history/curves.ts';
import type { HistoryRun } from '../../core/history/history-run.ts';
import type { Series } from '../../core/history/series.ts';

/** All that the history holds, as it is; what is no number in a curve is `null`. */
export const historyJson = (
  runs: readonly { readonly run: HistoryRun; readonly curves: Curves }[],
  exportedAt: number,
): string =>
  JSON.stringify({
    format: 1,
    exportedAt: new Date(exportedAt).toISOString(),
    runs: runs.map(({ run, curves: { loss, evalLoss } }) => ({
      ...run,
      curves: { loss: plain(loss), eval_loss: plain(evalLoss) },
    })),
  });

const plain = ({ steps, values }: Series) => ({ steps: [...steps], values: [...values] });
