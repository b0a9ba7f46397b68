import { fail, ok, type Result } from '../../result.ts';
import type { FamilyId } from '../../source/commands/families.ts';
import { commandOptions, optionKey } from '../../source/command-line.ts';
import type { CommandSite } from '../../source/framework-training.ts';
import { baseName, directoryName } from '../../source/posix-path.ts';
import { shellCommands, type ShellCommand } from '../../source/shell-commands.ts';
import type { ResumePoint } from '../resume-point.ts';
import { commandWord } from '../shell-word.ts';
import type { TextEdit } from '../text-edit.ts';
import { note, type IdiomFailure, type IdiomInput, type IdiomResult, type Note } from './idiom.ts';

/** What an option is given: the checkpoint, the folder it lies in, or a fixed word. */
type Value = 'checkpoint' | 'folder' | { readonly word: string };

/** How a program takes a training up. */
interface CommandResume {
  /** In this order. `option`: `--name value`; `equals`: `--name=value`; `pair`: `name=value`; `switch`: `--name`. */
  readonly give: readonly {
    readonly as: 'option' | 'equals' | 'pair' | 'switch';
    readonly name: string;
    readonly value: Value;
  }[];
  readonly notes?: (point: ResumePoint) => readonly Note[];
  /** Whether it can be done from this checkpoint; asked where not every checkpoint will do. */
  readonly takes?: (point: ResumePoint) => boolean;
}

const option = (name: string, value: Value = 'checkpoint'): CommandResume => ({
  give: [{ as: 'option', name, value }],
});
const equals = (name: string, value: Value = 'checkpoint'): CommandResume => ({
  give: [{ as: 'equals', name, value }],
});
const pair = (name: string, value: Value = 'checkpoint'): CommandResume => ({
  give: [{ as: 'pair', name, value }],
});
const flag = (name: string): CommandResume => ({ give: [{ as: 'switch', name, value: { word: '' } }] });
const again: CommandResume = { give: [], notes: () => [note('runs-again')] };
const newest = ({ path }: ResumePoint): readonly Note[] => [note('takes-newest', baseName(path))];
const isTrue = { word: 'True' };

/** `null`: the program has no way to go on from a checkpoint. */
const RESUMES: Readonly<Record<FamilyId, CommandResume | null>> = {
  yolo: {
    give: [
      { as: 'pair', name: 'model', value: 'checkpoint' },
      { as: 'pair', name: 'resume', value: isTrue },
    ],
    notes: () => [note('settings-of-checkpoint')],
  },
  yolov5: { ...option('--resume'), notes: () => [note('settings-of-checkpoint')] },
  // Without `--restore-file` it takes `checkpoint_last.pt` of its folder by itself.
  fairseq: option('--restore-file'),
  kohya: { ...option('--resume'), takes: ({ form }) => form === 'folder' },
  diffusers: option('--resume_from_checkpoint'),
  nanogpt: {
    ...equals('--init_from', { word: 'resume' }),
    takes: ({ path }) => baseName(path) === 'ckpt.pt',
  },
  mmengine: option('--resume'),
  megatron: { ...option('--load', 'folder'), notes: newest },
  detectron2: { ...flag('--resume'), notes: newest },
  espnet: { ...option('--resume', { word: 'true' }), notes: newest },
  torchtune: { ...pair('resume_from_checkpoint', isTrue), notes: () => [note('name-files')] },
  spacy: null,
  opennmt: option('-train_from'),
  allennlp: { ...flag('--recover'), notes: newest },
  coqui: { ...option('--continue_path', 'folder'), notes: newest },
  nemo: { ...pair('exp_manager.resume_if_exists', { word: 'true' }), notes: newest },
  stylegan: equals('--resume'),
  speechbrain: again,
  vits: again,
  paddle: null,
  lightningcli: equals('--ckpt_path'),
  axolotl: equals('--resume-from-checkpoint'),
  llamafactory: again,
};

/** The command line of a known program with what makes it go on. */
export function commandIdiom({ source, site, point }: IdiomInput<CommandSite>): IdiomResult {
  const resume = RESUMES[site.family];
  if (resume === null) return fail({ kind: 'cannot-resume' });
  if (resume.takes !== undefined && !resume.takes(point)) return fail({ kind: 'cannot-resume' });
  const command = shellCommands(source).find(
    ({ from, to, words }) => from === site.from && to === site.to && (words[0]?.from ?? from) === site.start,
  );
  if (command === undefined) return fail({ kind: 'unreadable-arguments' });
  const edits: TextEdit[] = [];
  let added = '';
  for (const given of resume.give) {
    const written = giveTo(source, command, given, point);
    if (!written.ok) return written;
    if (written.value.from === command.end && written.value.to === command.end) added += written.value.text;
    else edits.push(written.value);
  }
  if (added !== '') edits.push({ from: command.end, to: command.end, text: added });
  return ok({ edits, notes: resume.notes?.(point) ?? [] });
}

function giveTo(
  source: string,
  command: ShellCommand,
  { as, name, value }: CommandResume['give'][number],
  point: ResumePoint,
): Result<TextEdit, IdiomFailure> {
  const text =
    typeof value === 'object'
      ? value.word
      : value === 'folder'
        ? directoryName(point.path) || '.'
        : point.path;
  const word = commandWord(text, command.flavour);
  if (word === null) return fail({ kind: 'path-not-writable' });
  const end = { from: command.end, to: command.end };
  if (as === 'pair') {
    const own = command.words.find(({ from, to }) => source.slice(from, to).startsWith(`${name}=`));
    return ok({ ...(own ?? end), text: `${own === undefined ? ' ' : ''}${name}=${word}` });
  }
  const own = commandOptions(source, command.words).findLast(
    (one) => optionKey(one.name) === optionKey(name),
  );
  if (as === 'switch')
    return ok(own === undefined ? { ...end, text: ` ${name}` } : { from: own.to, to: own.to, text: '' });
  if (own === undefined) return ok({ ...end, text: ` ${name}${as === 'equals' ? '=' : ' '}${word}` });
  if (own.value !== null) return ok({ from: own.value.from, to: own.value.to, text: word });
  return ok({ from: own.to, to: own.to, text: `${as === 'equals' ? '=' : ' '}${word}` });
}

/** Whether a known program can be made to go on at all. */
export const commandWay = ({ family }: CommandSite): 'takes-path' | 'no-way' =>
  RESUMES[family] === null ? 'no-way' : 'takes-path';

/** Whether a command line goes on from what is there: it says so, or its program does so by itself. */
export function commandGoesOn(source: string, site: CommandSite): boolean {
  const resume = RESUMES[site.family];
  if (site.family === 'fairseq' || resume === again) return true;
  const line = source.slice(site.from, site.to);
  // Megatron is given `--load` from its first start on, and YOLO its `model=`.
  const names = resume?.give.map(({ name }) => name).filter((name) => !/^(?:model|--load)$/.test(name)) ?? [];
  return names.some((name) => line.includes(name) && !line.includes('--init_from=scratch'));
}
