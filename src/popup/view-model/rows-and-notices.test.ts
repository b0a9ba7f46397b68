import { describe, expect, it } from 'vitest';
import type { Defect } from '../../core/checkpoint/checkpoint.ts';
import type { FilesTrouble, HealthView } from '../../protocol/popup-view.ts';
import { lost, notebook, run, training, wholeCheckpoint, RECORDED_AT } from '../recorded-states.ts';
import { translateFromFile as t } from '../translate-file.ts';
import { checkpointRows } from './checkpoint-rows.ts';
import { defectSentence } from './defect-words.ts';
import { footerWords } from './folder-words.ts';
import { healthLines } from './notices.ts';
import { nowLine, type NowPart } from './now-line.ts';
import { refusalSentence } from './refusal-sentence.ts';

const working: HealthView = {
  application: 'working',
  kernelTap: 'standing-by',
  canInsert: true,
  runtime: 'there',
  files: 'working',
};

describe('checkpoint rows', () => {
  it('leaves out what is gone and says what goes next', () => {
    const rows = checkpointRows(t, training());
    expect(rows.map(({ name, details }) => `${name}: ${details}`)).toEqual([
      'checkpoint-400: loss 0.518 · whole',
      'checkpoint-300: loss 0.547 · whole · best',
      'checkpoint-200: loss 0.601 · whole · goes when 500 is saved',
    ]);
    expect(checkpointRows(t, lost({})).at(-1)?.details).toBe('loss 0.601 · whole');
  });

  it('says where each is, and takes it from there', () => {
    const rows = checkpointRows(
      t,
      training({
        checkpoints: [
          wholeCheckpoint(450, 0.5, { integrity: { kind: 'writing' } }),
          wholeCheckpoint(400, 0.5, { copyId: 'a' }),
          wholeCheckpoint(300, 0.5, { copyId: 'b', gone: true }),
          wholeCheckpoint(200, 0.5, { gone: true }),
        ],
      }),
    );
    expect(rows.map(({ name, details }) => `${name}: ${details}`)).toEqual([
      'checkpoint-450: loss 0.500 · being written',
      'checkpoint-400: loss 0.500 · whole · here and in this browser',
      'checkpoint-300: loss 0.500 · whole, in this browser only',
    ]);
    expect(rows.map(({ download }) => download)).toMatchObject([
      null,
      { spokenLabel: 'Download checkpoint-400', action: { kind: 'bring-home', names: ['checkpoint-400'] } },
      { spokenLabel: 'Download checkpoint-300', action: { kind: 'zip-copy', copyId: 'b' } },
    ]);
  });

  it('takes from this browser what the server does not give', () => {
    const checkpoints = [wholeCheckpoint(400, 0.5, { copyId: 'a' }), wholeCheckpoint(300, 0.5)];
    const view = training({ checkpoints }, { health: { ...working, files: 'unreachable' } });
    expect(checkpointRows(t, view).map(({ download }) => download)).toMatchObject([
      { action: { kind: 'zip-copy', copyId: 'a' } },
      null,
    ]);
  });

  it('explains what was passed over, listed by the run or not', () => {
    const defects: readonly Defect[] = [{ kind: 'file-missing', file: 'trainer_state.json' }];
    const passedOver = [{ name: 'checkpoint-450', defects, integrity: 'broken' as const }];
    const [row] = checkpointRows(t, lost({}, { passedOver }));
    expect(row).toMatchObject({
      name: 'checkpoint-450',
      details: 'not usable · passed over',
      reasons: ['trainer_state.json is missing.'],
    });
  });

  it.each<[Defect, string]>([
    [{ kind: 'file-missing', file: 'a.bin' }, 'a.bin is missing.'],
    [{ kind: 'file-empty', file: 'a.bin' }, 'a.bin is empty.'],
    [{ kind: 'file-cut-short', file: 'a.bin' }, 'a.bin is cut short.'],
    [{ kind: 'not-json', file: 'a.json' }, 'a.json cannot be read as JSON.'],
    [{ kind: 'wrong-step', file: 'a.json', step: 3 }, 'a.json says step 3, not the step of the folder.'],
    [{ kind: 'marked-incomplete', file: 'a.txt' }, 'a.txt says that saving did not end.'],
    [{ kind: 'unreadable', file: 'a.bin' }, 'a.bin could not be read.'],
  ])('%j', (defect, sentence) => expect(defectSentence(t, defect)).toBe(sentence));
});

describe('notices', () => {
  it('is silent when everything works', () => {
    expect(healthLines(t, working)).toEqual([]);
    expect(healthLines(t, { ...working, files: 'not-tried' })).toEqual([]);
  });

  const troubles: readonly FilesTrouble[] = [
    'signed-out',
    'forbidden',
    'server-error',
    'too-many-requests',
    'unreachable',
    'not-understood',
    'unsupported-site',
  ];
  it('has a different sentence for every trouble with files', () => {
    const lines = troubles.flatMap((files) => healthLines(t, { ...working, files }));
    expect(new Set(lines).size).toBe(troubles.length);
  });

  it.each<[Partial<HealthView>, string]>([
    [{ runtime: 'none' }, 'The notebook has no runtime at the moment'],
    [{ canInsert: false }, 'Cells cannot be put into this page'],
    [
      { application: 'absent', kernelTap: 'reading' },
      'This page shows only part of itself: steps are read as',
    ],
    [
      { application: 'absent', kernelTap: 'reading', canInsert: false },
      'This page shows only part of itself: steps are read, but',
    ],
    [{ application: 'absent', kernelTap: 'idle' }, 'Reading is off on this page'],
    [{ application: 'waiting', kernelTap: 'idle' }, 'The page is still loading'],
  ])('%j', (health, start) => {
    const lines = healthLines(t, { ...working, ...health });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^${start}`));
  });

  it('names the folder and who said so, as watched only while it is', () => {
    const view = training({ folder: { kind: 'watching', path: 'outputs', from: 'user' } });
    expect(footerWords(t, view).left).toBe('Watching outputs, your choice');
    const over = notebook({ kind: 'finished', run, resumedFrom: null, machine: 'same' });
    expect(footerWords(t, over).left).toBe('In outputs');
    expect(refusalSentence(t, 'no-kernel')).toBe(
      'No kernel is there. Start one in the notebook, then try again.',
    );
  });
});

describe('now line', () => {
  const text = (parts: readonly NowPart[]): string => parts.map((part) => part.text).join(' ');
  const connected = { kind: 'connected' } as const;

  it('counts the time left down from when the view was read', () => {
    const at = (now: number): string => text(nowLine(t, run, connected, RECORDED_AT, now).right);
    expect(at(RECORDED_AT)).toBe('2.9 s/step · 7 min left');
    expect(at(RECORDED_AT - 5000)).toBe('2.9 s/step · 7 min left');
    const soon = nowLine(t, { ...run, secondsLeft: 12 }, connected, RECORDED_AT, RECORDED_AT + 5000);
    expect(text(soon.right)).toBe('2.9 s/step · 7 s left');
  });

  it('says when old news was seen', () => {
    const offline = { kind: 'offline', since: RECORDED_AT } as const;
    expect(text(nowLine(t, run, offline, RECORDED_AT, RECORDED_AT + 38_000).right)).toBe('seen 40 s ago');
    expect(text(nowLine(t, run, connected, RECORDED_AT, RECORDED_AT + 58_000).right)).toBe('seen 1 min ago');
  });

  it('does not claim to know the step', () => {
    expect(text(nowLine(t, { ...run, stepSource: 'folder' }, connected, 0, 0).left)).toMatch(
      /^at least 451 of 600/,
    );
    expect(text(nowLine(t, { ...run, step: null, loss: null }, connected, 0, 0).left)).toBe(
      'Waiting for the first step',
    );
  });
});
