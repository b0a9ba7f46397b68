import type { NotebookView } from '../protocol/popup-view.ts';
import { lost, wholeCheckpoint } from './recorded-states.ts';

const HOSTILE = `<img src=x onerror="document.title='owned'">\u202Egpj.exe\u0000${'A very long name '.repeat(300)}`;

const hostileCopy = {
  id: 'hostile-copy',
  name: HOSTILE,
  step: 400,
  loss: Number.NaN,
  extent: 'everything',
  sizeBytes: 0,
  keptAt: 0,
  state: 'verified',
  canGoOn: false,
} as const;

const withHostileNames = (): NotebookView => {
  const named = wholeCheckpoint(400, 0.5, { name: HOSTILE });
  const broken = wholeCheckpoint(430, 0.5, {
    name: `\u202Etnioprekcehc ${HOSTILE}`,
    integrity: { kind: 'broken', defects: [{ kind: 'not-json', file: HOSTILE }] },
  });
  const shown = lost(
    { cause: 'kernel-restarted' },
    {
      from: { name: HOSTILE, step: 400 },
      restores: [{ name: HOSTILE, sizeBytes: 1 }],
      setup: [{ cellId: 'x', title: HOSTILE, state: 'changed', tookMs: null, mark: 'asks' }],
    },
    {
      checkpoints: [broken, named],
      folder: { kind: 'watching', path: `/${HOSTILE}`, from: 'user' },
      contradictions: [{ kind: 'announced-not-on-disk', path: HOSTILE }],
    },
  );
  const more = {
    id: 'hostile',
    names: [HOSTILE, `/${HOSTILE}/${HOSTILE}`],
    extent: 'everything',
    to: 'zip',
    copyIds: [],
  } as const;
  return {
    ...shown,
    name: HOSTILE,
    uses: {
      one: { names: [HOSTILE], state: { kind: 'inserted' } },
      compare: {
        names: [HOSTILE, HOSTILE],
        state: { kind: 'impossible', reason: 'no-config', path: `/${HOSTILE}` },
      },
    },
    home: {
      jobs: [
        { ...more, state: { kind: 'failed', why: { kind: 'unexpected', said: HOSTILE } } },
        {
          ...more,
          id: 'hostile-changed',
          state: { kind: 'failed', why: { kind: 'changed', name: HOSTILE, next: HOSTILE } },
        },
        {
          ...more,
          id: 'hostile-done',
          state: { kind: 'done', checked: 'verified', sizeBytes: 1, fileName: HOSTILE, canShow: true },
        },
      ],
      copies: [hostileCopy],
      others: [
        {
          notebookId: 'hostile-other',
          notebookName: HOSTILE,
          copies: [{ ...hostileCopy, id: 'hostile-other-copy', folder: `${HOSTILE}/${HOSTILE}` }],
        },
      ],
      space: null,
    },
  };
};

/** Names that try to be markup, to read backwards, or to fill the window. */
export const hostile = withHostileNames();
