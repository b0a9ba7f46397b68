/**
 * Things that are saved while training. A word alone (`Model saved`) is enough for the plain ones; the others are parts
 * or names that also mean something else, so only a path behind them counts.
 */
const PLAIN =
  'models?|checkpoints?|check-?points?|ckpts?|weights|snapshots?|state[_ ]?dict|(?:training|model) states?|best(?= (?:to|at|as|in)\\b| ?:|[.!]|$)|networks?|pipeline';
const OTHER =
  'adapters?|loras?|parameters|params|nets?|generators?|discriminators?|encoders?|decoders?|agents?|poli(?:cy|cies)|actors?|critics?|classifier|detector|estimator|[gd]-?net|[a-z]{0,10}net[a-z0-9]{0,4}|ema|states?';
/** Words that may stand between the noun and its verb or place without changing what it is. */
const BEHIND =
  '(?: (?:weights?|checkpoints?|ckpt|state(?:[_ ]?dict)?s?|params|parameters|snapshots?|files?|folder|model|adapters?|network|net)(?![\\w/\\\\]|\\.\\w))';
const ALSO =
  '(?:(?:,| and| &|,? \\+) (?:its |the |all )?(?:optimizer|optimiser|scheduler|tokenizer|processor|training|trainer|vocab|config(?:uration)?|weights|state|model|ema|discriminator|generator|history)(?: (?:states?|weights|tokenizer|model|state_dict|config))?)';

/** Articles and adjectives that keep `Saved … model` an announcement although no path follows. */
const ADJECTIVE =
  '(?:the|this|our|your|a|an|new|best|better|current|latest|last|final|first|full|whole|trained|training|fine-?tuned|improved|intermediate|periodic|regular|emergency|interim|backup|(?:pre-?)?train(?:ed)?|merged|lora|peft|adapter|generator|discriminator|encoder|decoder|student|teacher|ema|swa|global|local|overall|performing|so-far|val(?:idation)?|test|dev|epoch|step|(?:py)?torch|keras|metric|accuracy|acc|loss|f1|auc|miou|iou|dice|map|bleu|wer|cer|reward|score|top|optimizer|model|checkpoint|of)';

/** What a sentence says was saved or loaded. */
export interface Thing {
  /** Words before the noun. */
  readonly adjectives: string;
  readonly isPlain: boolean;
  /** It is called the best. */
  readonly isBest: boolean;
  /** Checkpoints, in the plural. */
  readonly isMany: boolean;
  /** Every word before the noun only says which of them it is. */
  readonly isUnqualified: boolean;
  readonly rest: string;
}

const WORDS = "((?:[\\p{L}\\p{N}_.+'’/&*-]{0,39}[\\p{L}\\p{N}_+'’&*] ){0,5}?)";
const THING = new RegExp(
  `^${WORDS}(?:(${PLAIN})|(?:${OTHER}))(?![\\w/\\\\]|\\.\\w)(${BEHIND}{0,2})${ALSO}{0,3}`,
  'iu',
);
const ONLY_ADJECTIVES = new RegExp(`^(?:${ADJECTIVE} ){0,6}$`, 'i');
/** Not done, not yet, not this one, or not a checkpoint although the word stands there. */
const SPOILED =
  /\b(?:(?:un)?installed|downloaded|no|not|never|if|when|whether|how|where|each|every|until|unless|already|will|would|should|can|cannot|please|tokenizer|config|plot|figure|curves?|history|predictions?|results?|dataset|metrics|summary|report|confusion|samples?|images?|logs?|pretrained|pre-trained|base|label|one-?hot|ordinal|random|rng|sampler|scaler|scheduler|optimizer)\s/i;

const CHECKPOINT = /^(?:model )?(?:checkpoint|ckpt|snapshot)\b/i;
const BEST = /(?:^|[^a-z])(?:best|better)(?![a-z])/i;

/** Reads `best model weights`, `mt-dnn model`, `checkpoint and optimizer state` at the start of a text. */
export function readThing(text: string): Thing | null {
  const match = THING.exec(text);
  if (match === null) return null;
  const adjectives = match[1] ?? '';
  if (SPOILED.test(adjectives)) return null;
  return {
    adjectives,
    isPlain: match[2] !== undefined || match[3] !== '',
    isMany: /^(?:model |training )?(?:checkpoints|ckpts|snapshots)\b/i.test(text.slice(adjectives.length)),
    isBest: BEST.test(text.slice(0, adjectives.length + 5)),
    // A checkpoint is one whatever it is called; a model may be of anything.
    isUnqualified: ONLY_ADJECTIVES.test(adjectives) || CHECKPOINT.test(text.slice(adjectives.length)),
    rest: text.slice(match[0].length),
  };
}
