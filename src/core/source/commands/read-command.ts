import { commandOptions, optionKey } from '../command-line.ts';
import { wordText } from '../command-line-arguments.ts';
import type { Following } from '../follow-value.ts';
import { baseName } from '../posix-path.ts';
import type { Place } from '../python-names.ts';
import { scriptIndex } from '../script-command.ts';
import type { ShellCommand } from '../shell-commands.ts';
import type { ShellWord } from '../shell-words.ts';

/** A command line as what it runs and what that is given. */
export interface ReadCommand {
  /** The program's name without its folder; of `python x.py` the script's, of `python -m a.b` the module's. */
  readonly program: string;
  readonly kind: 'program' | 'module' | 'script';
  /** As written; of a script with its folder. */
  readonly path: string;
  /** What it is given, in order; `null` where a word cannot be followed. */
  readonly words: readonly (string | null)[];
  /** Where each of these words stands. */
  readonly spans: readonly ShellWord[];
  /** Options by their Python name; `null`: given, and not followed or without a value. */
  readonly options: ReadonlyMap<string, string | null>;
}

const leading = /^(?:nohup|time|sudo|env|exec|xvfb-run|[A-Za-z_]\w*=.*)$/;

/** Takes a simple command apart; `{name}` of a `!` line is followed in the notebook's code. */
export function readCommand(
  follow: Following,
  source: string,
  command: ShellCommand,
  place: Place,
): ReadCommand | null {
  const texts = command.words.map((word) => wordText(follow, word, place));
  const index = command.flavour === 'run' ? 0 : scriptIndex(source, command.words);
  if (index >= 0) return assembled('script', index);
  const module = moduleIndex(texts);
  if (module >= 0) return assembled('module', module);
  const first = texts.findIndex((text) => text !== null && !leading.test(text));
  return first < 0 ? null : assembled('program', first);

  function assembled(kind: ReadCommand['kind'], at: number): ReadCommand | null {
    const word = command.words[at];
    if (word === undefined) return null;
    const path = texts[at] ?? source.slice(word.from, word.to);
    const spans = command.words.slice(at + 1);
    const options = new Map(
      commandOptions(source, spans).map(({ name, value }) => [
        optionKey(name),
        value === null ? null : wordText(follow, value, place),
      ]),
    );
    const program = kind === 'module' ? path : baseName(path);
    return { program, kind, path, words: texts.slice(at + 1), spans, options };
  }
}

/** Where the module's name stands in `python -m a.b`, `torchrun -m a.b`, `accelerate launch -m a.b`. */
function moduleIndex(texts: readonly (string | null)[]): number {
  const runs = texts.some(
    (text) => text !== null && /^(?:python[\d.]*|torchrun|accelerate|deepspeed)$/.test(baseName(text)),
  );
  const at = texts.indexOf('-m');
  const name = at < 0 ? undefined : texts[at + 1];
  return runs && name !== undefined && name !== null && /^[\w.]+$/.test(name) ? at + 1 : -1;
}

/** `name=value` words: `yolo train data=coco8.yaml epochs=3`, Hydra's overrides. */
export function keyValue(command: ReadCommand, key: string): string | null | undefined {
  const found = command.words.findLast((word) => word !== null && word.startsWith(`${key}=`));
  return found?.slice(key.length + 1);
}

/** The first of these options that is given: its text, `null` where that is not known, `undefined` where none is given. */
export function option(command: ReadCommand, ...names: readonly string[]): string | null | undefined {
  const name = names.find((one) => command.options.has(one));
  return name === undefined ? undefined : (command.options.get(name) ?? null);
}
