import type { NotebookView } from '../protocol/popup-view.ts';
import type { UseCellView, UsesView } from '../protocol/use-view.ts';
import { notebook, run, training, wholeCheckpoint } from './recorded-states.ts';

const names = ['checkpoint-200', 'checkpoint-300', 'checkpoint-400'];

const useText = `# Holdfast put this cell here: it loads checkpoint-400 and asks it.
prompt = "Write here what the model is to answer."
`;

const withUses = (more: Partial<UsesView>): NotebookView =>
  notebook(
    { kind: 'finished', run, resumedFrom: null, machine: 'same' },
    { uses: { one: null, compare: null, ...more } },
  );

const one = (state: UseCellView['state']): NotebookView =>
  withUses({ one: { names: ['checkpoint-400'], state } });

const compare = (state: UseCellView['state']): NotebookView => withUses({ compare: { names, state } });

const impossible = (reason: Extract<UseCellView['state'], { kind: 'impossible' }>['reason']): NotebookView =>
  one({ kind: 'impossible', reason, path: 'outputs/checkpoint-400' });

/** Cells that load or compare checkpoints: what became of them. */
export const useStates: Readonly<Record<string, NotebookView>> = {
  'use-inserted': withUses({
    one: { names: ['checkpoint-400'], state: { kind: 'inserted' } },
    compare: { names, state: { kind: 'inserted' } },
  }),
  'use-while-training': training(
    {
      checkpoints: [
        wholeCheckpoint(450, 0.513, {
          integrity: { kind: 'broken', defects: [{ kind: 'file-cut-short', file: 'optimizer.pt' }] },
        }),
        ...run.checkpoints.filter(({ gone }) => !gone),
        wholeCheckpoint(100, 0.8123, { gone: true, copyId: 'copy-100' }),
      ],
    },
    { uses: { one: { names: ['checkpoint-400'], state: { kind: 'inserted' } }, compare: null } },
  ),
  'use-copy': withUses({
    one: { names: ['checkpoint-400'], state: { kind: 'copy', text: useText } },
    compare: { names, state: { kind: 'failed', reason: 'not-read-back', text: useText } },
  }),
  'use-no-config': impossible('no-config'),
  'use-model-unknown': impossible('model-unknown'),
  'use-not-comparable': compare({ kind: 'impossible', reason: 'not-comparable', path: '' }),
};
