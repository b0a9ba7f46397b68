import type { JSX } from 'preact';
import type { HistoryRun } from '../../core/history/history-run.ts';
import { useWords } from '../../popup/words-context.ts';
import type { HistoryDoor } from '../history-door.ts';
import { historyJson } from '../model/history-json.ts';
import { DeleteButton } from './delete-button.tsx';
import { saveFile } from '../save-file.ts';

interface HistoryActionsProps {
  readonly door: HistoryDoor;
  readonly runs: readonly HistoryRun[];
  readonly clock: () => number;
  readonly readAgain: () => void;
}

/** The whole history: into a file, or away. */
export const HistoryActions = ({ door, runs, clock, readAgain }: HistoryActionsProps): JSX.Element => {
  const t = useWords();
  const save = async (): Promise<void> => {
    const whole = await Promise.all(runs.map(async (run) => ({ run, curves: await door.curves(run.id) })));
    const text = historyJson(whole, clock());
    saveFile(new Blob([text], { type: 'application/json' }), 'holdfast-history.json');
  };
  const removeAll = async (): Promise<void> => {
    await door.removeAll();
    readAgain();
  };
  return (
    <div class="actions">
      <button type="button" class="quiet" onClick={() => void save()}>
        {t('dashboard_export_json')}
      </button>
      <DeleteButton
        label={t('dashboard_remove_all')}
        question={t('dashboard_remove_all_question')}
        act={removeAll}
      />
    </div>
  );
};
