/**
 * `npm run -s accuracy [-- --mistakes] [FILE.jsonl]`: what the scanner reads in excerpts of real logs against what is
 * there, by kind and by framework. Without a file it is the labelled corpus beside this command. `--mistakes` lists
 * every event that was missed or told wrongly, as JSON lines. The exit code is 1 when a bound is not met.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isOfTraining } from '../src/core/log/log-event.ts';
import { scanText } from '../src/core/log/scanner.ts';
import { parseCorpus } from './accuracy/corpus.ts';
import { precision, recall, score, tally, type Verdict } from './accuracy/score.ts';

const LEAST_RECALL = 0.97;
const LEAST_PRECISION = 0.99;
const CORPUS = new URL('accuracy/corpus.jsonl', import.meta.url);

const { values, positionals } = parseArgs({
  options: { mistakes: { type: 'boolean', default: false } },
  allowPositionals: true,
});

const excerpts = parseCorpus(readFileSync(positionals[0] ?? CORPUS, 'utf8'));
const verdicts = excerpts.flatMap((excerpt) => score(excerpt, scanText(excerpt.text).filter(isOfTraining)));
const negatives = new Set(
  excerpts.filter(({ expect }) => expect.every(({ optional }) => optional)).map(({ id }) => id),
);
const falseOnNegatives = verdicts.filter(({ id }) => negatives.has(id)).length;

const row = (name: string, of: readonly Verdict[]) => {
  const counts = tally(of);
  return {
    '': name,
    ...counts,
    recall: recall(counts).toFixed(3),
    precision: precision(counts).toFixed(3),
  };
};

const tableBy = (key: 'kind' | 'framework') =>
  [...new Set(verdicts.map((verdict) => verdict[key]))].toSorted().map((name) =>
    row(
      name,
      verdicts.filter((verdict) => verdict[key] === name),
    ),
  );

if (values.mistakes) {
  for (const verdict of verdicts.filter(({ outcome }) => outcome !== 'found')) {
    console.log(JSON.stringify(verdict));
  }
} else {
  console.table(tableBy('kind'));
  console.table(tableBy('framework'));
  console.table([row('all', verdicts)]);
  console.log(`${negatives.size} excerpts without events: ${falseOnNegatives} events told`);
}

const all = tally(verdicts);
const met = recall(all) >= LEAST_RECALL && precision(all) >= LEAST_PRECISION && falseOnNegatives === 0;
process.exitCode = met ? 0 : 1;
