import { type Moment, readMoment } from '../free-words/moment.ts';
import { readThing } from '../free-words/nouns.ts';
import { type Place, readPlace } from '../free-words/place.ts';
import { sentencesOf } from '../free-words/sentences.ts';
import type { Announcement } from '../log-format.ts';

/**
 * Loading, resuming and deleting as people announce them in loops of their own: `=> loading checkpoint 'x.pth.tar'`,
 * `=> loaded checkpoint 'x.pth.tar' (epoch 185)` (ImageNet example), `Loading checkpoint from: {path}`,
 * `Checkpoint loaded from {path}`, `loading saved model in {path}`, `Resuming training from snapshot at Epoch 3` (torchrun
 * tutorial), `Resumed from checkpoint {path}`, `Resuming from epoch 15`, `Continuing training from step 100`, `Deleted old
 * checkpoint: {path}`. Printed by default.
 *
 * Not events: what was not found (`=> no checkpoint found at '…'`), a base or pretrained model, a bare name of a model
 * (`Loading model from org/name`), questions and advice about resuming.
 */
export function readLoad(message: string): readonly Announcement[] {
  for (const sentence of sentencesOf(message)) {
    const found = resumed(sentence) ?? loaded(sentence) ?? restoredFrom(sentence) ?? deleted(sentence);
    if (found !== null) return found;
  }
  return [];
}

const LOADED = /^(?:successfully |now )?(?:re)?(?:load(?:ed|ing)|stor(?:ed|ing))\b:? ?/i;
const LOADED_BEHIND =
  /^,? ?(?:(?:has|have) been |was |is )?(?:successfully )?(?:re)?(?:load(?:ed|ing)|stored)\b/i;
const CHECKPOINT_WORD = /checkpoint|ckpt|snapshot|weights|saved|best|last|latest|state|previous|trained/i;
const CHECKPOINT_FILE =
  /\.(?:pth?|pt\.tar|pth\.tar|tar|ckpt|h5|hdf5|keras|safetensors|weights|pdparams|msgpack|pkl|npz|bin)$/i;

function loaded(sentence: string): readonly Announcement[] | null {
  const verb = LOADED.exec(sentence);
  // "stored" and "storing" without the "re" are a save.
  if (verb !== null && /^(?:successfully |now )?stor/i.test(verb[0])) return null;
  const thing = readThing(verb === null ? sentence : sentence.slice(verb[0].length));
  if (thing === null) return null;
  const done = verb === null ? LOADED_BEHIND.exec(thing.rest) : null;
  if (verb === null && (done === null || /^,? ?(?:\w+ ){0,3}stored/i.test(done[0]))) return null;
  const words = (verb === null ? sentence : sentence.slice(verb[0].length)).slice(0, 200);
  const noun = words.slice(0, words.length - Math.min(words.length, thing.rest.length));
  const { path, moment } = whereAndWhen(done === null ? thing.rest : thing.rest.slice(done[0].length));
  const isDone = done !== null || /(?:loaded|restored)/i.test(verb?.[0] ?? '');
  const isKnown =
    path === null
      ? isDone && CHECKPOINT_WORD.test(noun) && hasNumber(moment)
      : isCheckpoint(noun, path, isDone);
  if (!isKnown) return null;
  if (path === null) return [{ kind: 'loaded', ...moment }];
  return [
    { kind: 'loaded', path, ...moment },
    { kind: 'resumed', role: 'rest', path },
  ];
}

/** TensorFlow's tutorials: `Restored from ./tf_ckpts/ckpt-3`. */
function restoredFrom(sentence: string): readonly Announcement[] | null {
  const place = /^(?:re)(?:stored|loaded) from:? (?:checkpoint:? )?(\S{1,1000})$/i.exec(sentence);
  const path = readPlace(place?.[1] ?? '')?.path ?? null;
  return path === null ? null : [{ kind: 'loaded', path }];
}

const hasNumber = ({ step, epoch }: Moment): boolean => step !== undefined || epoch !== undefined;

/** What is being loaded may be anything; what was loaded from a file of weights is a checkpoint. */
const isCheckpoint = (noun: string, path: string, isDone: boolean): boolean =>
  !/^https?:/.test(path) &&
  (CHECKPOINT_WORD.test(noun) ? isFileOrFolder(path) : isDone && CHECKPOINT_FILE.test(path));

/** `org/name` is a model of a hub. */
const isFileOrFolder = (path: string): boolean =>
  CHECKPOINT_FILE.test(path) ||
  /^(?:[.~/\\]|[A-Za-z]:)/.test(path) ||
  !/^[\w.-]{1,96}\/[\w.-]{1,96}$/.test(path) ||
  /ckpt|checkpoint|save|best|last|output|run|epoch|step/i.test(path);

const RESUMED =
  /^(?:successfully |now |auto(?:matically|-)? ?)?(?:resum(?:ing|ed|e)|continu(?:ing|ed|e)|restart(?:ing|ed))\b(?: (?:the )?(?:training|run|train|learning|optimi[sz]ation|experiment|model))?\b/i;
const FROM =
  /^:? ?(?:from|at|after|with|using|:)(?: (?:the |a |last |latest |previous |saved |existing |found )*)?/i;

/** Without saying which. */
const RESUMED_SOMEHOW =
  /^(?:resuming|resumed) (?:the )?(?:training )?from (?:the |a )?(?:last |latest |previous |saved |existing )?checkpoint[\s.!…]{0,8}$/i;

function resumed(sentence: string): readonly Announcement[] | null {
  if (RESUMED_SOMEHOW.test(sentence)) return [{ kind: 'resumed', role: 'part' }];
  const verb = RESUMED.exec(sentence);
  if (verb === null) return null;
  const rest = sentence.slice(verb[0].length);
  const from = FROM.exec(rest);
  if (from === null) return null;
  const { path, moment } = whereAndWhen(withoutThing(rest.slice(from[0].length)));
  if (path === null && moment.epoch === undefined && moment.step === undefined) return null;
  return [{ kind: 'resumed', role: 'part', ...(path === null ? {} : { path }), ...moment }];
}

function withoutThing(text: string): string {
  const thing = /^(?:checkpoint|ckpt|snapshot|model|state|weights|file)s?\b:? ?/i.exec(text);
  return thing === null ? text : text.slice(thing[0].length);
}

const DELETED =
  /^(?:successfully )?(?:delet|remov|prun|clean)(?:ed|ing)(?: up)?\b:? ?(?:the )?(?:(?:old(?:er|est)?|previous|last|stale|outdated|worst|extra|existing|prior) ){0,2}(?:best )?(?:model )?(?:checkpoint|ckpt|model|snapshot|weights)s?(?: file| folder| dir(?:ectory)?)?\b/i;
const DELETED_BEHIND =
  /^(?:(?:old(?:er)?|previous) )?(?:checkpoint|ckpt|snapshot|model)\b(?: file)?[: ]{1,3}(["'`]?[\w./\\=+-]{1,300}["'`]?) (?:was |has been )?(?:deleted|removed)\b/i;
const DELETED_TO =
  /^(?:(?:old(?:er)?|previous|model|training) ){0,2}(?:checkpoint|ckpt|snapshot|model)s? (?:was |has been )?(?:deleted|removed): ?(["'`]?\S{1,1000})$/i;

/** Any file may be deleted; by its kind this one is a checkpoint. */
const DELETED_FILE = /^(?:delet|remov)(?:ed|ing):? (?:old |previous )?(["'`]?\S{1,1000})$/i;

function deleted(sentence: string): readonly Announcement[] | null {
  const file = readPlace(DELETED_FILE.exec(sentence)?.[1] ?? '')?.path ?? null;
  if (file !== null && CHECKPOINT_FILE.test(file)) return [{ kind: 'deleted', path: file }];
  const behind = DELETED_TO.exec(sentence) ?? DELETED_BEHIND.exec(sentence);
  const verb = DELETED.exec(sentence);
  const place = readPlace((behind?.[1] ?? (verb === null ? '' : sentence.slice(verb[0].length))).trimStart());
  const path = place?.path ?? null;
  if (path === null) return null;
  return [{ kind: 'deleted', path }];
}

/** The path and the moment told in whatever order. */
function whereAndWhen(tail: string): { readonly path: string | null; readonly moment: Moment } {
  let rest = tail.trimStart();
  let path: string | null = null;
  let moment: Moment = {};
  for (let i = 0; i < 3; i += 1) {
    const when = readMoment(rest);
    const place: Place | null = when === null && path === null ? readPlace(rest) : null;
    if (when !== null) moment = { ...moment, ...when.moment };
    if (place !== null) path = place.path;
    rest = ((when ?? place)?.rest ?? '').trimStart();
  }
  return { path, moment };
}
