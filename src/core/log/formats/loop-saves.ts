import { type Moment, readMoment } from '../free-words/moment.ts';
import { readThing } from '../free-words/nouns.ts';
import { type Place, readPlace } from '../free-words/place.ts';
import { sentencesOf, withoutDecoration } from '../free-words/sentences.ts';
import type { Announcement } from '../log-format.ts';

/**
 * Saves as people announce them in training loops of their own: `Model saved to {path}`, `Checkpoint saved at {path}`,
 * `Saved best model (val_loss=0.3)`, `=> Saving checkpoint`, `New best accuracy: 0.9! Saving model...`,
 * `Epoch 0 | Training checkpoint saved at checkpoint.pt`, `Checkpoint 5 saved !`, `Validation loss decreased (…).
 * Saving model ...`, `模型已保存`. Printed by default, by `print` or a logger.
 *
 * Not saves: plots, tables, predictions, tokenizers and settings that are saved, exports for other programs, what will
 * be or was not saved, prose about saving, code.
 */
export function readSave(message: string): readonly Announcement[] {
  for (const sentence of sentencesOf(message)) {
    const before = message.slice(0, message.length - sentence.length);
    const saved = verbFirst(sentence, before) ?? thingFirst(sentence) ?? fileFirst(sentence);
    if (saved === null) continue;
    const isBest = saved.isBest || IMPROVED.test(before);
    const { path, step, epoch } = { ...momentBefore(message, before), ...saved };
    const event = {
      path,
      ...(step === undefined ? {} : { step }),
      ...(epoch === undefined ? {} : { epoch }),
    };
    return isBest
      ? [
          { kind: 'best', ...event },
          { kind: 'saved', ...event },
        ]
      : [{ kind: 'saved', ...event }];
  }
  return [];
}

/** `Epoch 10: Model saved`. */
const momentBefore = (message: string, before: string): Moment =>
  before.trim() === '' ? {} : (readMoment(withoutDecoration(message))?.moment ?? {});

interface Save extends Moment {
  readonly path: string | null;
  readonly isBest: boolean;
}

const VERB =
  /^(?:(?:successfully|now|also|automatically|auto-?|and|then) ?){0,2}(saved|saving|save|storing|stored|writing|wrote|dumping|dumped)\b(:| :)? ?(?:down |out )?/i;
const DONE =
  /^,? ?(?:(?:has|have) been |was |were |is |got )?(?:now |auto(?:matically)? ?-?|successfully |locally )?(?:sav(?:ed|ing)|stored|written|dumped)(?![\w-])/i;
const IMPROVED =
  /\b(?:new|found(?: a)?) (?:best|better|high(?:est)?|low(?:est)?|record)\b|\b(?:better model|best model found)\b|\b(?<!not |no )improve(?:d|ment)\b|\bdecreased\b|\bincreased (?:from|\()|\bbest\b[^|:=]{0,40}!|(?:最佳|最优|最好)/i;

function verbFirst(sentence: string, before: string): Save | null {
  const verb = VERB.exec(sentence);
  if (verb === null) return null;
  const behind = sentence.slice(verb[0].length);
  // `Saving..` alone is what the CIFAR-10 example of many repositories prints at a new best.
  if (/^Saving\.\.$/.test(sentence) && before.trim() === '') return { path: null, isBest: false };
  // `Save Best Score: 0.8123 Model`, from the templates of competitions.
  if (/^sav(?:e|ed|ing) best \w{1,30}: ?-?[\d.]{1,20} model[\s.!]{0,8}$/i.test(sentence))
    return { path: null, isBest: true };
  // `New best model! Saving...`
  if (/^[\s.!…]{0,16}$/.test(behind) && IMPROVED.test(before)) return { path: null, isBest: true };
  const thing = readThing(behind);
  if (thing === null) return fileOnly(verb[1] ?? '', behind, IMPROVED.test(before));
  // `Saving checkpoints to {dir}` tells where they will be.
  if (/^sav(?:e|ing)$/i.test(verb[1] ?? '') && thing.isMany) return null;
  const isWish =
    verb[1]?.toLowerCase() === 'save' && !(before.trim() === '' && /^[\s.!…]{0,16}$/.test(thing.rest));
  const save = complete(thing.rest, {
    needsPath:
      isWish ||
      verb[2] !== undefined ||
      /^(?:writ|wrote|stor|dump)/i.test(verb[1] ?? '') ||
      !thing.isPlain ||
      !thing.isUnqualified,
    isBest: thing.isBest || / as (?:the )?(?:new )?best\b/i.test(thing.rest),
  });
  return save === null ? null : { ...readMoment(thing.adjectives)?.moment, ...save };
}

function thingFirst(sentence: string): Save | null {
  const thing = readThing(sentence);
  if (thing === null || /\b(?:to|the following)\s$/i.test(thing.adjectives)) return null;
  const named = NAME_BEHIND.exec(thing.rest);
  const moment = readMoment(thing.rest.trimStart());
  const behind = named?.[2] ?? (moment === null ? thing.rest.trimStart() : moment.rest.trimStart());
  const done = DONE.exec(behind);
  if (done === null) return null;
  const save = complete(behind.slice(done[0].length), {
    needsPath: (!thing.isPlain || !thing.isUnqualified) && named?.[1] === undefined,
    isBest: thing.isBest || / as (?:the )?(?:new )?best\b/i.test(behind),
  });
  if (save === null) return null;
  const earlier = { ...readMoment(thing.adjectives)?.moment, ...moment?.moment };
  return { ...earlier, ...save, path: save.path ?? pathNamed(named?.[1]) };
}

/** `Checkpoint 5 saved`, `Checkpoint model_5.pth saved`, `Model (best) saved`. */
const NAME_BEHIND =
  /^(?:: ?| )['"`(]?(?=\S{0,200}[\d./\\_=])([\w./\\=+-]{1,200})['"`)]? ((?:has been |was |is )?(?:successfully )?(?:saved|stored|written)(?![\w-]).{0,1000})/i;

const pathNamed = (name: string | undefined): string | null =>
  name !== undefined && (/[\\/]/.test(name) || CHECKPOINT_FILE.test(name)) ? name : null;

const CHECKPOINT_FILE =
  /\.(?:pth?|pth\.tar|pt\.tar|ckpt|h5|hdf5|keras|safetensors|weights|pdparams|msgpack|pkl|t7|params|nemo)$/i;

/** `Saved: models/a.pth`, `New best model found! Saving to {dir}`; a download manager says `Saving to:`. */
function fileOnly(verb: string, behind: string, isImproved: boolean): Save | null {
  if (verb.toLowerCase() !== 'saved' && !isImproved) return null;
  const place = readPlace(behind.trimStart());
  if (place === null || place.path === null || OTHER_FILE.test(place.path)) return null;
  if (!isImproved && !CHECKPOINT_FILE.test(place.path)) return null;
  return isEnd(place.rest) ? { path: place.path, isBest: isImproved } : null;
}

/** `model_3.pt saved`; a download manager quotes and counts (`‘model.pth’ saved [123/123]`). */
function fileFirst(sentence: string): Save | null {
  const match =
    /^(["'`]?)([\w./\\=+-]{1,300})\1 (?:has been |was )?(?:successfully )?saved(?: successfully)?[\s.!]{0,8}$/i.exec(
      sentence,
    );
  const path = match?.[2] ?? '';
  return CHECKPOINT_FILE.test(path) ? { path, isBest: false } : null;
}

/** Reads where and when behind the verb, in whatever order; `null` when something else is meant. */
function complete(tail: string, { needsPath, isBest }: { needsPath: boolean; isBest: boolean }): Save | null {
  let rest = tail.trimStart().replace(/^(?:successfully|now|locally|safely) {1,4}(?=\S)/i, '');
  // `checkpoint 'best' at epoch 4`
  rest = rest.replace(/^["'`]\w{1,60}["'`](?=[\s.!,]|$)\s?/, '');
  let path: string | null = null;
  let isPlaced = false;
  let moment: Moment = {};
  for (let i = 0; i < 4; i += 1) {
    const when = readMoment(rest);
    const place: Place | null = when === null && !isPlaced ? readPlace(rest) : null;
    if (when === null && place === null) break;
    if (when !== null) moment = { ...moment, ...when.moment };
    if (place !== null) {
      path = place.path;
      isPlaced = path !== null;
    }
    rest = (when ?? place)?.rest.trimStart() ?? '';
  }
  if (path === null && isEnd(rest)) path = pathAtEnd(rest);
  if (path !== null && OTHER_FILE.test(path)) return null;
  if (path === null ? needsPath || !isEnd(rest) : /^\[\d/.test(rest)) return null;
  return { path, isBest, ...moment };
}

/** `… at epoch 3 with val_loss 0.3 to best.pt`. */
function pathAtEnd(rest: string): string | null {
  const words = rest
    .slice(-600)
    .replace(/[.!\s]{1,8}$/, '')
    .split(' ');
  const [preposition = '', last = ''] = words.slice(-2);
  if (words.length < 3 || !/^(?:to|in|into|at|as|->|→)$/.test(preposition)) return null;
  return /[\\/]|\.\w/.test(last) ? (readPlace(`to ${last}`)?.path ?? null) : null;
}

/** Files that are not the state of a training: pictures, tables, texts, archives of data, models for other runtimes. */
const OTHER_FILE =
  /\.(?:png|jpe?g|gif|svg|webp|pdf|csv|tsv|txt|md|html?|xlsx?|jsonl|ya?ml|toml|log|wav|mp[34]|flac|npy|parquet|arrow|ipynb|py|onnx|tflite|gguf|ggml|mlmodel|mlpackage|engine|plan|tar\.gz)$/i;

/** Nothing, the end of the sentence, or figures. */
function isEnd(text: string): boolean {
  const rest = text.trimStart();
  return (
    /^[^\p{L}\p{N}([{"'`/\\]{0,64}$/u.test(rest) ||
    /^[.!…]{1,8}(?:\s|$)/.test(rest) ||
    /^[,;|([{–—-]{1,3}\s?[^"'`]{0,300}\d/.test(rest) ||
    /^(?:successfully|now|locally|done|ok|okay|!|✓|here|again)\b[^\p{L}]{0,32}$/iu.test(rest) ||
    /^(?:with|having|based on|because|as|since|due to|by|at|after|for|val|acc|loss|score)\b[^"'`]{0,200}(?:\d|best|improv|decreas|increas|loss|accuracy|score)/i.test(
      rest,
    ) ||
    /^[([]?(?:best|new best|improved|final|latest|last)[)\]]?[.! ]{0,8}$/i.test(rest)
  );
}
