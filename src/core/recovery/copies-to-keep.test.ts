import { describe, expect, it } from 'vitest';
import { copiesToKeep, type CheckpointThere, type KeptCopy } from './copies-to-keep.ts';

const there = (step: number, modifiedAt: number | null = step): CheckpointThere => ({
  name: `checkpoint-${step}`,
  step,
  epoch: null,
  modifiedAt,
});
const copy = (step: number, more: Partial<KeptCopy> = {}): KeptCopy => ({
  ...there(step),
  id: `copy-${step}`,
  by: 'itself',
  outdated: false,
  ...more,
});
const mine = { by: 'user' } as const;
const name = (step: number): string => `checkpoint-${step}`;

interface Case {
  readonly says: string;
  readonly there: readonly CheckpointThere[];
  readonly kept: readonly KeptCopy[];
  readonly best?: readonly number[];
  readonly copy: readonly number[];
  readonly drop: readonly string[];
}

const cases: readonly Case[] = [
  { says: 'nothing there, nothing kept', there: [], kept: [], copy: [], drop: [] },
  { says: 'the first is copied', there: [there(100)], kept: [], copy: [100], drop: [] },
  {
    says: 'of many only the two newest, newest first',
    there: [100, 200, 300].map((step) => there(step)),
    kept: [],
    copy: [300, 200],
    drop: [],
  },
  {
    says: 'the best one too, however old',
    there: [100, 200, 300, 400].map((step) => there(step)),
    kept: [],
    best: [100],
    copy: [400, 300, 100],
    drop: [],
  },
  {
    says: 'two newest and two best: four at most',
    there: [100, 200, 300, 400, 500, 600].map((step) => there(step)),
    kept: [],
    best: [200, 100],
    copy: [600, 500, 200, 100],
    drop: [],
  },
  {
    says: 'a third is there and not copied yet: nothing goes',
    there: [there(300)],
    kept: [copy(200), copy(100)],
    copy: [300],
    drop: [],
  },
  {
    says: 'the third is whole: the oldest goes',
    there: [there(300)],
    kept: [copy(300), copy(200), copy(100)],
    copy: [],
    drop: ['copy-100'],
  },
  {
    says: 'the best stays when it gets old',
    there: [there(300)],
    kept: [copy(300), copy(200), copy(100)],
    best: [100],
    copy: [],
    drop: [],
  },
  {
    says: 'a new best that is not copied yet: the best before stays',
    there: [there(400)],
    kept: [copy(300), copy(200), copy(100)],
    best: [400, 100],
    copy: [400],
    drop: [],
  },
  {
    says: 'a copy that is neither newest nor best any more goes',
    there: [there(500)],
    kept: [copy(500), copy(400), copy(300), copy(200), copy(100)],
    best: [300, 200],
    copy: [],
    drop: ['copy-100'],
  },
  {
    says: 'a best that nobody has is no reason to copy or to drop',
    there: [there(200)],
    kept: [copy(200), copy(100)],
    best: [50],
    copy: [],
    drop: [],
  },
  {
    says: 'copies made by hand never go',
    there: [there(400)],
    kept: [copy(400), copy(300), copy(200, mine), copy(100, mine)],
    copy: [],
    drop: [],
  },
  {
    says: 'a copy made by hand counts as a copy',
    there: [there(200), there(100)],
    kept: [copy(200, mine)],
    copy: [100],
    drop: [],
  },
  {
    says: 'of the same checkpoint the one made by hand is enough',
    there: [there(200)],
    kept: [copy(200, { id: 'by-itself' }), copy(200, { ...mine, id: 'by-hand' })],
    copy: [],
    drop: ['by-itself'],
  },
  {
    says: 'rotated away on the machine: its copy stays',
    there: [],
    kept: [copy(200), copy(100)],
    copy: [],
    drop: [],
  },
  {
    says: 'written anew: copied again, and the outdated copy stays meanwhile',
    there: [there(200, 900)],
    kept: [copy(200, { outdated: true }), copy(100)],
    copy: [200],
    drop: [],
  },
  {
    says: 'written anew and copied again: the outdated copy goes',
    there: [there(200, 900)],
    kept: [copy(200, { id: 'old', outdated: true }), copy(200, { id: 'new', modifiedAt: 900 }), copy(100)],
    copy: [],
    drop: ['old'],
  },
  {
    says: 'resumed further back: newer is what was written later, not what has more steps',
    there: [there(150, 9000)],
    kept: [copy(500), copy(450)],
    copy: [150],
    drop: [],
  },
  {
    says: 'times not known: the step decides',
    there: [there(100, null), there(200, null), there(300, null)],
    kept: [],
    copy: [300, 200],
    drop: [],
  },
];

describe('copies that are made by themselves', () => {
  it.each(cases)('$says', ({ there: onMachine, kept, best = [], copy: toCopy, drop }) => {
    const plan = copiesToKeep(onMachine, kept, best.map(name));
    expect(plan).toEqual({ copy: toCopy.map(name), drop });
  });

  it('in any order of saves and best ones, four at most stay, and nothing is copied twice', () => {
    const bests = [[], [100], [300, 100], [300, 100], [500, 300], [500, 300], [700, 500]];
    let kept: readonly KeptCopy[] = [];
    const copied: string[] = [];
    for (const [index, best] of bests.entries()) {
      const onMachine = [there((index + 1) * 100)];
      const first = copiesToKeep(onMachine, kept, best.map(name));
      for (const each of first.copy) {
        copied.push(each);
        kept = [...kept, copy(Number(each.split('-')[1]))];
      }
      const { drop } = copiesToKeep(onMachine, kept, best.map(name));
      kept = kept.filter(({ id }) => !drop.includes(id));
      expect(kept.length).toBeLessThanOrEqual(4);
    }
    expect(new Set(copied).size).toBe(copied.length);
    expect(kept.map(({ step }) => step)).toEqual([500, 600, 700]);
  });
});
