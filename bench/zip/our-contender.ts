import { join } from 'node:path';
import type { Contender } from './contender.ts';
import type { MemoryMeter } from './browser-memory.ts';
import type { OurExtension } from './our-extension.ts';
import type { TimedJob } from './time-job.ts';

export interface OurPlaces {
  readonly direct: OurExtension;
  readonly overLine: OurExtension;
  readonly directUrl: string;
  readonly meter: MemoryMeter;
  readonly downloads: string;
}

/** The built extension, asked by the popup's own message. What it grows by counts from before its first run. */
export const ourContender = async (places: OurPlaces): Promise<Contender> => {
  const { direct, overLine, directUrl, meter, downloads } = places;
  const before = await meter.now();
  return {
    name: 'ours',
    run: async ({ url, path, checkpoint }) => {
      const most = meter.watch();
      const timed = await (url === directUrl ? direct : overLine).zipFolder(path).finally(most);
      return {
        seconds: timed.seconds,
        zip: join(downloads, `${checkpoint.name}.zip`),
        grownBytes: (await most()) - before,
        note: noteOf(timed),
      };
    },
  };
};

const noteOf = ({ seconds, begunAt, hereAt, savingAt, state }: TimedJob): string => {
  const checked = state.kind === 'done' ? state.checked : state.kind;
  const spent = {
    begun: begunAt,
    moved: hereAt - begunAt,
    compared: savingAt - hereAt,
    saved: seconds - savingAt,
  };
  return [checked, ...Object.entries(spent).map(([step, s]) => `${step} ${s.toFixed(1)} s`)].join(', ');
};
