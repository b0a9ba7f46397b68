import { execFileSync } from 'node:child_process';

/** Runs a Python program with its JSON input in `d` and JSON out, in the tests; throws when there is no `python3`. */
export function python(program: string, input: unknown): unknown {
  const text = execFileSync('python3', ['-c', `import json,sys\nd=json.load(sys.stdin)\n${program}`], {
    input: JSON.stringify(input),
    encoding: 'utf8',
  });
  return JSON.parse(text);
}

/** Throws unless the source is Python of 3.8, the oldest that a kernel of ours may have. */
export const compiles = (source: string): void => {
  python('import ast\nast.parse(d, feature_version=(3, 8))\nprint("true")', source);
};

/** Texts that a user's disk or a stranger may hand over: quotes, lines, templates, shells, other alphabets, halves of characters. */
export const HOSTILE_TEXTS = [
  'outputs/checkpoint-400', 'with spaces/checkpoint-1', "it's", 'say "hi"', '\'both" kinds', 'back\\slash', 'trailing\\', 'a\\n',
  'new\nline', 'car\rriage', 'tab\t', '{x}', '{{x}}', '$HOME', '${HOME}', '%s', '#', '"""', "'''", '", evil(), "', '😀/检查点-4', 'é',
  '\u202eevil', '\u2028', '\u0000', '\u0085', '\u000b\u000c\u001c', '\ud800', 'a\udcffb', '\udc00\ud800', '', '~/a', '`id`', '$(id)', '-rf', '!ls',
  ' lead', 'trail ',
]; // prettier-ignore
