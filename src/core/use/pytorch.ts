import { fail, ok, type Result } from '../result.ts';
import { pythonLiteral } from '../recovery/python-literal.ts';
import type { FrameworkTraining } from '../source/framework-training.ts';
import type { SavedState } from '../source/saved-state.ts';
import type { NoUse, Recipe } from './recipe.ts';

/** The model's own object, and where in the file its state lies. */
interface SavedModel {
  readonly of: string;
  /** `["model"]`; empty where the file is the state itself. */
  readonly entry: string;
}

/** A copy of the notebook's model, with the state that the notebook's own `torch.save` wrote: the one that trains stays as it is. */
export function pytorchRecipe(training: FrameworkTraining | null): Result<Recipe, NoUse> {
  const saves = training?.site.kind === 'loop' ? training.site.saves : [];
  const found = saves.flatMap((save) => savedModel(save) ?? []);
  const [saved] = found;
  if (saved === undefined || found.some(({ of }) => of !== saved.of)) return fail('model-unknown');
  return ok({
    kind: `pytorch ${saved.of}${saved.entry}`,
    answers: 'call',
    imports: [
      { module: null, name: 'copy' },
      { module: null, name: 'torch' },
    ],
    base: null,
    load: ({ model, of }, path) => [
      `${model} = ${of('copy')}.deepcopy(${saved.of})`,
      `${model}.load_state_dict(${of('torch')}.load(${path}, map_location="cpu", weights_only=True)${saved.entry})`,
      `${model}.eval()`,
    ],
  });
}

function savedModel({ holds }: SavedState): SavedModel | null {
  if (holds.kind === 'state-dict') return isPlain(holds.of) ? { of: holds.of, entry: '' } : null;
  if (holds.kind !== 'dictionary') return null;
  const models = holds.entries.filter(
    ({ key, stateOf }) => stateOf !== null && !isOfTraining(key) && !isOfTraining(stateOf),
  );
  const [only] = models;
  const of = only?.stateOf ?? null;
  return only === undefined || of === null || models.length > 1 || !isPlain(of)
    ? null
    : { of, entry: `[${pythonLiteral(only.key)}]` };
}

const isOfTraining = (name: string): boolean => /opt|sched|scaler|ema|loader|sampler/i.test(name);

const isPlain = (text: string): boolean => /^[A-Za-z_][\w.]*$/.test(text);
