import { median } from '../zip/run-leg.ts';
import { startMachine } from './machine.ts';
import { openOurSide, type OurSide } from './our-side.ts';
import { recoverByScript } from './script-side.ts';
import { benchStory, CHECKPOINT } from './story.ts';
import type { Recovered } from './step-times.ts';

/** Recoveries of the same checkpoint by the extension and by the script, in turn. */
export interface RaceResult {
  readonly megabytes: number;
  readonly version: string;
  readonly ours: readonly Recovered[];
  readonly script: readonly Recovered[];
}

/** Long enough that a run that goes on costs the next one nothing. */
const PAUSE_S = 3;
/** A page that was just opened has still something to do. */
const QUIET_MS = 2000;

/** @param turns An odd number: each loses the machine, and recovers on the next one in both ways. */
export const race = async (megabytes: number, turns: number): Promise<RaceResult> => {
  await using machine = await startMachine(benchStory({ megabytes, sequenceLength: 16, pause: PAUSE_S }));
  await using ours = await openOurSide(machine);
  await keep(ours);
  await machine.keepFiles();
  const byUs: Recovered[] = [];
  const byScript: Recovered[] = [];
  const ways = [
    async () => byScript.push(await recoverByScript(machine)),
    async () => byUs.push(await ours.recover()),
  ];
  for (let turn = 0; turn < turns; turn += 1) {
    await ours.save();
    await machine.replace();
    await ours.comeBack();
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    for (const way of turn % 2 === 0 ? ways : ways.toReversed()) await way();
  }
  return { megabytes, version: ours.version, ours: byUs, script: byScript };
};

/** Copies the checkpoint into the browser, as who asks for it. */
const keep = (ours: OurSide): Promise<void> =>
  ours.inPopup(async (popup) => {
    const { notebookId } = await popup.view();
    const names = [CHECKPOINT];
    await popup.act({ kind: 'bring-home', notebookId, names, extent: 'everything', to: 'browser' });
    const { id, state } = await popup.ended(180_000);
    if (state.kind !== 'done') throw new Error(JSON.stringify(state));
    await popup.act({ kind: 'dismiss-job', jobId: id });
  });

/** Median seconds of one part of it. */
const medianOf = (all: readonly Recovered[], part: keyof Recovered): number =>
  median(all.map((each) => each[part]));

export const ratioOf = ({ ours, script }: RaceResult): number =>
  medianOf(ours, 'stepped') / medianOf(script, 'stepped');

/** What it came to, in lines: medians of each part, and all of the whole. */
export const raceTable = ({ ours, script }: RaceResult): string =>
  [['ours', ours] as const, ['script', script] as const]
    .map(([name, all]) => {
      const parts = { put: 'on the server', setUp: 'set up', stepped: 'first step' } as const;
      const medians = (['put', 'setUp', 'stepped'] as const).map(
        (part) => `${parts[part]} ${medianOf(all, part).toFixed(2)} s`,
      );
      const each = all.map(({ stepped }) => stepped.toFixed(2)).join(', ');
      return `  ${name.padEnd(8)} ${medians.join(', ')}  (${each})`;
    })
    .join('\n');
