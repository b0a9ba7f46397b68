import { describe, expect, it } from 'vitest';
import { UNKNOWN_LIMIT, type RunPlan } from '../run.ts';
import { planWarnings, type Room } from './plan-warnings.ts';
import { forecastSaves } from './save-forecast.ts';
import { EMPTY_ROOM } from './save-plan.ts';

const evaluation = { strategy: 'steps', steps: 50, loadsBest: true, hasMetric: false, oldName: false };

interface Given {
  readonly folder?: string;
  readonly transformers?: string;
  readonly room?: Partial<Room>;
}

const warnings = (changes: Partial<RunPlan>, { folder, transformers, room }: Given = {}) => {
  const plan: RunPlan = {
    maxSteps: 600,
    saveSteps: 100,
    saveStrategy: 'steps',
    saveTotalLimit: null,
    ...changes,
  };
  const forecast = forecastSaves(plan, { total: null, transformers: null });
  return planWarnings(plan, forecast, folder ?? 'outputs', transformers ?? null, { ...EMPTY_ROOM, ...room });
};

describe('a plan', () => {
  it.each([
    [{}, {}, []],
    [{ evaluation }, {}, []],
    [{ evaluation: { ...evaluation, steps: 30 } }, {}, [{ kind: 'best-needs-multiple', saveSteps: 100, evalSteps: 30 }]],
    [{ evaluation: { ...evaluation, steps: 200 } }, {}, [{ kind: 'best-needs-multiple', saveSteps: 100, evalSteps: 200 }]],
    [{ saveSteps: 0.2, evaluation: { ...evaluation, steps: 0.1 } }, {}, []],
    [{ saveSteps: 0.2, evaluation: { ...evaluation, steps: 0.15 } }, {}, [{ kind: 'best-needs-multiple', saveSteps: 0.2, evalSteps: 0.15 }]],
    [{ saveSteps: 0.2, evaluation }, {}, [{ kind: 'best-needs-multiple', saveSteps: 0.2, evalSteps: 50 }]],
    [{ evaluation: { ...evaluation, strategy: 'epoch' } }, {}, [{ kind: 'best-needs-same-strategy', save: 'steps', evaluation: 'epoch' }]],
    [{ evaluation: { ...evaluation, strategy: 'no' } }, {}, [{ kind: 'best-needs-same-strategy', save: 'steps', evaluation: 'no' }]],
    [{ saveStrategy: 'no', evaluation: { ...evaluation, strategy: 'no' } }, {}, []],
    [{ saveStrategy: 'best', evaluation: { ...evaluation, strategy: 'epoch' } }, {}, []],
    [{ evaluation: { ...evaluation, strategy: null } }, {}, []],
    [{ evaluation: { ...evaluation, steps: null } }, {}, []],
    [{ evaluation: { ...evaluation, loadsBest: null, steps: 30 } }, {}, []],
    [{ saveTotalLimit: 2, evaluation: { ...evaluation, loadsBest: false } }, {}, [{ kind: 'best-may-go', limit: 2 }]],
    [{ saveTotalLimit: 6, evaluation: { ...evaluation, loadsBest: false } }, {}, []],
    [{ saveTotalLimit: 2, evaluation: { ...evaluation, loadsBest: false, hasMetric: true } }, {}, []],
    [{ saveTotalLimit: UNKNOWN_LIMIT, evaluation: { ...evaluation, loadsBest: false } }, {}, []],
    [{ saveTotalLimit: 2, maxSteps: null, maxEpochs: 5, saveStrategy: 'epoch', evaluation: { ...evaluation, strategy: 'epoch', loadsBest: false } }, {}, [{ kind: 'best-may-go', limit: 2 }]],
    [{ evaluation: { ...evaluation, oldName: true } }, {}, [{ kind: 'old-evaluation-name', certain: false }]],
    [{ evaluation: { ...evaluation, oldName: true } }, { transformers: '4.51.0' }, [{ kind: 'old-evaluation-name', certain: true }]],
    [{ evaluation: { ...evaluation, oldName: true } }, { transformers: '5.0.0.dev0' }, [{ kind: 'old-evaluation-name', certain: true }]],
    [{ evaluation: { ...evaluation, oldName: true } }, { transformers: '4.50.3' }, []],
    [{}, { folder: '/content/drive/MyDrive/x' }, [{ kind: 'on-drive', folder: '/content/drive/MyDrive/x' }]],
    [{}, { folder: '/content/gdrive/My Drive/x' }, [{ kind: 'on-drive', folder: '/content/gdrive/My Drive/x' }]],
    [{}, { folder: 'drive/MyDrive/x' }, [{ kind: 'on-drive', folder: 'drive/MyDrive/x' }]],
    [{}, { folder: '/content/driver/x' }, []],
    [{ saveStrategy: 'no' }, { folder: '/content/drive/MyDrive/x' }, []],
  ] as const)('%j %j: %j', (changes, given, expected) => expect(warnings(changes, given)).toEqual(expected)); // prettier-ignore
});

describe('the disk', () => {
  it.each([
    ['nothing is known of it', {}, {}, null],
    ['there is room', {}, { checkpointBytes: 10, freeBytes: 60 }, null],
    ['the sixth has none', {}, { checkpointBytes: 10, freeBytes: 59 }, 600],
    ['the first has none', {}, { checkpointBytes: 10, freeBytes: 9 }, 100],
    ['some are done', {}, { checkpointBytes: 10, freeBytes: 15, present: 3, step: 350 }, 500],
    ['three and the next fit', { saveTotalLimit: 3 }, { checkpointBytes: 10, freeBytes: 40 }, null],
    ['three fit, but not the next beside them', { saveTotalLimit: 3 }, { checkpointBytes: 10, freeBytes: 39 }, 400],
    ['those that lie there go', { saveTotalLimit: 3 }, { checkpointBytes: 10, freeBytes: 10, present: 3, step: 300 }, null],
    ['those that lie there leave no room', { saveTotalLimit: 3 }, { checkpointBytes: 10, freeBytes: 9, present: 3, step: 300 }, 400],
    ['the limit is not known', { saveTotalLimit: UNKNOWN_LIMIT }, { checkpointBytes: 10, freeBytes: 9 }, null],
  ] as const)('%s', (_name, changes, room, atStep) => {
    const expected = atStep === null ? [] : [{ kind: 'disk-fills', atStep }];
    expect(warnings(changes, { room })).toEqual(expected);
  }); // prettier-ignore
});
