import * as v from 'valibot';

const Kind = v.picklist([
  'saved',
  'deleted',
  'best',
  'loaded',
  'resumed',
  'train_start',
  'train_end',
  'progress',
]);
const Numbered = v.nullable(v.number());

const ExpectedEvent = v.object({
  kind: Kind,
  /** Other kinds that are right as well. */
  accept: v.optional(v.array(Kind), []),
  path: v.nullable(v.string()),
  step: Numbered,
  epoch: Numbered,
  line: v.number(),
  /** Other lines that announce the same event. */
  alt_lines: v.optional(v.array(v.number()), []),
  /** May be told or not: neither counts. */
  optional: v.optional(v.boolean(), false),
});

const Excerpt = v.object({
  id: v.string(),
  framework: v.string(),
  text: v.string(),
  expect: v.optional(v.array(ExpectedEvent), []),
});

export type ExpectedEvent = v.InferOutput<typeof ExpectedEvent>;
/** An excerpt of a real training log and what a reader finds in it. */
export type Excerpt = v.InferOutput<typeof Excerpt>;

/** Excerpts from JSON lines; throws at the first that is not one. */
export const parseCorpus = (jsonLines: string): readonly Excerpt[] =>
  jsonLines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => v.parse(Excerpt, JSON.parse(line)));
