/** When something happened, as a sentence or a name tells it. */
export interface Moment {
  readonly step?: number;
  readonly epoch?: number;
}

const WHEN =
  /^[,(]{0,2}\s{0,2}(?:(?:at|for|from|of|after|in|on|@|during|end of)\s{1,2}){0,2}(?:the )?(?:end of )?(?:(?:training|global|total)[_ ])?(epoch|step|iter(?:ation)?|update)s?(?:\b|_)\s{0,12}[:=#]?\s{0,3}\[?(\d{1,3}(?:,\d{3}){1,3}(?!\d)|\d{1,12})\b(?![-_=\\.]\w|\/[A-Za-z_])(?:\s?(?:\/|of)\s?\d{1,12})?[\])]{0,2}/i;
const COUNTED =
  /^[,(]{0,2}\s{0,2}(?:(?:at|for|from|of|after|in|on|@)\s{1,2})?(\d{1,3}(?:,\d{3}){1,3}|\d{1,12})\s{1,2}(epoch|step|iter(?:ation)?|update)s?\b\)?/i;

/** Reads `at epoch 5`, `(step 100)`, `after 3 epochs` at the start of a text. */
export function readMoment(text: string): { readonly moment: Moment; readonly rest: string } | null {
  const when = WHEN.exec(text);
  if (when !== null) return found(when[1], when[2], text.slice(when[0].length));
  const counted = COUNTED.exec(text);
  return counted === null ? null : found(counted[2], counted[1], text.slice(counted[0].length));
}

function found(unit = '', number = '', rest: string): { readonly moment: Moment; readonly rest: string } {
  const count = Number(number.replaceAll(',', ''));
  return { moment: unit.toLowerCase() === 'epoch' ? { epoch: count } : { step: count }, rest };
}

const STEP_IN_NAME = /(?:^|[^a-zA-Z])(?:global[-_]?)?(?:steps?|iter(?:ation)?s?)[-_=]?(\d{1,12})(?!\d)/i;
const STEPS_IN_NAME = /(?:^|[^\d])(\d{1,12})[-_]?(?:steps?|iter(?:ation)?s?)(?![a-z])/i;
const EPOCH_IN_NAME = /(?:^|[^a-zA-Z])(?:epochs?|ep)[-_=]?(\d{1,12})(?!\d)/i;
const TRAINER_FOLDER = /(?:^|[\\/])checkpoint-(\d{1,15})[\\/]?$/;
/** `G_800.pth`, `g_00005000` (VITS, HiFi-GAN), `model_0004999.pth`: numbers of steps by custom. */
const CUSTOMARY = /^(?:(?:[GDg]|do)_(?!2333333\b)(\d{1,12})|model_(0\d{3,11}))(?:\.\w{1,12})?$/;
/** RLlib's layout, whose two numbers both count its own iterations. */
const RLLIB_FILE = /checkpoint_\d{1,6}[\\/]checkpoint-\d{1,15}$/;

/** The numbers a file or folder carries in its name, where the name says what they count. */
export function momentInName(path: string): Moment {
  const name = lastPart(path);
  const step =
    (STEP_IN_NAME.exec(name) ?? STEPS_IN_NAME.exec(name) ?? trainerFolder(path))?.[1] ?? customary(name);
  const epoch = EPOCH_IN_NAME.exec(name)?.[1];
  return {
    ...(step === undefined ? {} : { step: Number(step) }),
    ...(epoch === undefined ? {} : { epoch: Number(epoch) }),
  };
}

function customary(name: string): string | undefined {
  const match = CUSTOMARY.exec(name);
  return match?.[1] ?? match?.[2];
}

const trainerFolder = (path: string): RegExpExecArray | null =>
  RLLIB_FILE.test(path) ? null : TRAINER_FOLDER.exec(path);

function lastPart(path: string): string {
  let end = path.length;
  while (end > 0 && isSeparator(path.charAt(end - 1))) end -= 1;
  let start = end;
  while (start > 0 && !isSeparator(path.charAt(start - 1))) start -= 1;
  return path.slice(start, end);
}

const isSeparator = (character: string): boolean => character === '/' || character === '\\';
