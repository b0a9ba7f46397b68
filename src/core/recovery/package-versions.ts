import * as v from 'valibot';

/**
 * Versions of packages that decide over a checkpoint, by name (lower case, with hyphens), as they were seen. What is not in
 * it was not seen: nothing is known of it.
 */
export type PackageVersions = Readonly<Record<string, string>>;
export const packageVersionsSchema = v.pipe(
  v.record(v.string(), v.pipe(v.string(), v.maxLength(80))),
  v.check((versions) => Object.keys(versions).length <= 40),
  v.readonly(),
);

/** Those that read, write or shape what lies in a checkpoint. */
export const TRAINING_PACKAGES: ReadonlySet<string> = new Set([
  'accelerate',
  'bitsandbytes',
  'datasets',
  'deepspeed',
  'diffusers',
  'numpy',
  'peft',
  'safetensors',
  'sentence-transformers',
  'tokenizers',
  'torch',
  'transformers',
  'trl',
  'unsloth',
  'unsloth-zoo',
]);

/** A version as Python packages have it (PEP 440), long enough to be no other number. */
const VERSION = /^\d{1,6}(?:\.[0-9A-Za-z]{1,12}){1,5}(?:\+[0-9A-Za-z.]{1,40})?$/;

/** One package; `{}` for a package that says nothing of a checkpoint, and for what is no version. */
export const packageVersion = (name: string, version: string): PackageVersions => {
  const known = name.toLowerCase().replaceAll('_', '-');
  return TRAINING_PACKAGES.has(known) && VERSION.test(version) ? { [known]: version } : {};
};

export interface Drift {
  readonly name: string;
  readonly before: string;
  readonly now: string;
}

/** The packages that are known of both and differ. */
export const driftBetween = (before: PackageVersions, now: PackageVersions): readonly Drift[] =>
  Object.entries(before).flatMap(([name, version]) => {
    const other = now[name];
    return other === undefined || isSame(version, other) ? [] : [{ name, before: version, now: other }];
  });

/** `2.5.1+cu121` is `2.5.1` where only one of the two says how it was built: pip leaves that out. */
const isSame = (one: string, other: string): boolean =>
  one.includes('+') === other.includes('+') ? one === other : publicPart(one) === publicPart(other);

/** Without the build: what an index offers. */
export const publicPart = (version: string): string => version.split('+')[0] ?? version;
