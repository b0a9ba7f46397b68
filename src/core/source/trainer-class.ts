import type { ExecutedCall } from './executed-calls.ts';
import { functionAt, returnedValues } from './function-definition.ts';
import { importedPath, lookUp } from './name-lookup.ts';
import { positionalValues, readCall, type PythonCall } from './python-call.ts';
import type { Binding, Place, PythonNames } from './python-names.ts';
import { dottedName, lastPart, type SyntaxNode } from './python-tree.ts';

/** Packages whose `…Trainer` has another `train()`: without `resume_from_checkpoint`, or no resuming at all. */
const foreignPackages = new Set([
  'detectron2', 'flair', 'chatterbot', 'tokenizers', 'lightning', 'pytorch_lightning', 'ray', 'allennlp',
  'ultralytics', 'mmengine', 'mmcv', 'composer', 'TTS', 'spacy', 'nltk', 'sentencepiece', 'stable_baselines3',
]); // prettier-ignore

/** What a class is for training. `foreign`: a trainer of a framework that does not resume the Transformers way. */
export type ClassRole = 'trainer' | 'foreign-trainer' | 'arguments' | 'config' | 'other';

// TRL's configurations are subclasses of TrainingArguments (trl/trainer/*_config.py, TRL 0.2x).
const trlConfig =
  /^(?:Unsloth)?(?:SFT|GRPO|DPO|ORPO|KTO|Reward|PPO|PPOv2|CPO|RLOO|BCO|OnlineDPO|XPO|NashMD|GKD|PRM|IterativeSFT)Config$/;

/** The role of a class by its name, its import and, for classes of the notebook, its bases. */
export function roleOfClass(names: PythonNames, name: string, place: Place, depth = 0): ClassRole {
  const path = importedPath(names, name, place);
  const own = lookUp(names, path, place).candidates[0]?.to;
  if (own?.kind === 'class' && depth < 4) {
    const roles = own.bases.slice(0, 8).map((base) => roleOfClass(names, base, place, depth + 1));
    const role = roles.find((found) => found !== 'other');
    if (role !== undefined) return role;
    // Its user wrote all of it: its `train()` is a loop, whatever its name.
    const alone = own.bases.every((base) => /^(?:object|ABC|abc\.ABC)$/.test(base));
    if (alone && lastPart(path).endsWith('Trainer')) return 'foreign-trainer';
  }
  const last = lastPart(path);
  if (last.endsWith('Trainer')) {
    return foreignPackages.has(path.split('.')[0] ?? '') ? 'foreign-trainer' : 'trainer';
  }
  if (last.endsWith('TrainingArguments') || trlConfig.test(last)) return 'arguments';
  return /(?:Config|Arguments|Args)$/.test(last) ? 'config' : 'other';
}

/** A call that makes an object, and where it stands. */
export interface Construction {
  readonly call: PythonCall;
  readonly className: string;
  readonly role: ClassRole;
  readonly place: Place;
  /** Names the object went through on the way here, each with the place of its binding. */
  readonly through: readonly { readonly name: string; readonly place: Place }[];
  /** The call of the notebook's function in which it was made, for what that was given; empty: in none. */
  readonly via: ExecutedCall['via'];
}

/**
 * The call that constructed the object an expression stands for: the call itself, a name assigned from it, or a
 * function that is given the trainer and returns it (`trainer = train_on_responses_only(trainer, …)`).
 */
export function constructionOf(
  names: PythonNames,
  node: SyntaxNode,
  place: Place,
  depth = 0,
): Construction | null {
  const tree = names.cells[place.cell]?.tree;
  if (tree === undefined || depth > 100) return null;
  const name = dottedName(tree, node);
  if (name !== null) return constructionOfName(names, name, place, depth + 1);
  const call = readCall(tree, node);
  if (call === null) return null;
  const className = dottedName(tree, call.callee);
  if (className === null) return null;
  const returned = constructionInFunction(names, className, call, place, depth + 1);
  if (returned !== null) return returned;
  const role = roleOfClass(names, className, place);
  if (role !== 'other') {
    const path = importedPath(names, className, place);
    return { call, className: lastPart(path), role, place, through: [], via: [] };
  }
  for (const given of positionalValues(call).slice(0, 1)) {
    const inner = constructionOf(names, given, place, depth + 1);
    if (inner !== null && inner.role !== 'config') return inner;
  }
  return null;
}

/** What a function of the notebook returns: `trainer = build_trainer()`. */
function constructionInFunction(
  names: PythonNames,
  callee: string,
  call: PythonCall,
  place: Place,
  depth: number,
): Construction | null {
  const [binding] = lookUp(names, callee, place).candidates;
  if (binding?.to.kind !== 'function') return null;
  for (const { value, at } of returnedValues(names, binding)) {
    const inside = { cell: binding.cell, at, calledAt: place.cell === binding.cell ? place.at : Infinity };
    const made = constructionOf(names, value, inside, depth);
    const into = functionAt(names, binding);
    if (made !== null && made.role !== 'other')
      return into === null || made.via.length > 0 ? made : { ...made, via: [{ call, place, into }] };
  }
  return null;
}

function constructionOfName(
  names: PythonNames,
  name: string,
  place: Place,
  depth: number,
): Construction | null {
  const { candidates } = lookUp(names, name, place);
  for (const binding of candidates) {
    const made = constructionOfBinding(names, binding, depth);
    if (made !== null) return made;
  }
  return null;
}

/** Each binding is followed once: a circle of names ends, and branches do not multiply. */
const followed = new WeakMap<Binding, Construction | null>();

function constructionOfBinding(names: PythonNames, binding: Binding, depth: number): Construction | null {
  const known = followed.get(binding);
  if (known !== undefined || binding.to.kind !== 'expression') return known ?? null;
  followed.set(binding, null);
  const place = { cell: binding.cell, at: binding.at };
  const made = constructionOf(names, binding.to.node, place, depth);
  const found = made === null ? null : { ...made, through: [...made.through, { name: binding.name, place }] };
  followed.set(binding, found);
  return found;
}
