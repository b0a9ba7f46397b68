import { median, secondsOf, type Result } from './run-leg.ts';

/** What one leg came to, a line for each contender: times as ratios to plain curl's. */
export const legTable = (results: readonly Result[]): string => {
  const curl = secondsOf(results.find(({ name }) => name === 'curl'));
  return results
    .map((result) => {
      const name = result.name.padEnd(24);
      if (result.failed !== null) return `  ${name} failed: ${result.failed}`;
      const seconds = secondsOf(result);
      const opened = result.opened === null ? 'no archive' : result.opened ? 'opened' : 'NOT opened';
      const ratio = `${(seconds / curl).toFixed(2).padStart(7)} × curl`;
      const notes = [...notesOf(result), result.arrivals.at(-1)?.note ?? ''].filter((note) => note !== '');
      return `  ${name} ${ratio}  ${seconds.toFixed(1).padStart(6)} s  ${opened.padEnd(10)}  ${notes.join('; ')}`.trimEnd();
    })
    .join('\n');
};

const notesOf = ({ arrivals }: Result): readonly string[] => {
  const grown = arrivals.flatMap(({ grownBytes }) => grownBytes ?? []);
  const times = arrivals.map(({ seconds }) => seconds);
  const spread = times.length > 1 ? [`${times.length} runs, ${range(times)} s`] : [];
  return grown.length === 0 ? spread : [...spread, `memory +${Math.round(median(grown) / 1e6)} MB`];
};

const range = (times: readonly number[]): string =>
  `${Math.min(...times).toFixed(1)}–${Math.max(...times).toFixed(1)}`;
