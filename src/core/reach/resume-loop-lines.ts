import { pythonLiteral } from '../recovery/python-literal.ts';

/** By which names the loop's own code knows what lies in the file: what `ReachState.names` says. */
export type LoopNames = Readonly<Record<string, readonly string[]>>;

/** In the order in which they are loaded: an optimizer takes its device from its model. */
const KINDS = ['models', 'others', 'optimizers', 'schedulers', 'scalers'] as const;

/** No name of the user's is given another value: all that the lines name begins with `holdfast_`. */
const SAVED = 'holdfast_saved';

const RANDOM = [
  `holdfast_states = ${SAVED}["random"]`,
  'holdfast_random.setstate((holdfast_states["python"][0], tuple(holdfast_states["python"][1]), holdfast_states["python"][2]))',
  'if "numpy" in holdfast_states:',
  '    import numpy as holdfast_numpy',
  '    holdfast_numpy.random.set_state((holdfast_states["numpy"][0], holdfast_numpy.array(holdfast_states["numpy"][1], dtype="uint32"), *holdfast_states["numpy"][2:]))',
  'if "cuda" in holdfast_states:',
  '    holdfast_torch.cuda.set_rng_state_all(holdfast_states["cuda"])',
  'holdfast_torch.set_rng_state(holdfast_states["torch"])',
];

/** Where the loop's counter stood: what it was called is its user's. */
export const countedBy = (variable: string): string => `${SAVED}["numbers"][${pythonLiteral(variable)}]`;

/**
 * The lines that put a loop back to where a checkpoint of ours was made (`checkpoint-step-N.pt`): they belong between what
 * makes the model and the loop. Names that are no names of the code, because the checkpoint found none, become comments.
 */
export function resumeLoopLines(path: string, names: LoopNames): readonly string[] {
  const loads = KINDS.flatMap((kind) =>
    (names[kind] ?? []).map((name) => {
      const state = `${SAVED}[${pythonLiteral(kind)}][${pythonLiteral(name)}]`;
      return isName(name) ? `${name}.load_state_dict(${state})` : `# ${state}`;
    }),
  );
  return [
    'import random as holdfast_random',
    'import torch as holdfast_torch',
    `${SAVED} = holdfast_torch.load(${pythonLiteral(path)}, map_location="cpu", weights_only=True)`,
    ...loads,
    ...RANDOM,
  ];
}

const isName = (name: string): boolean => /^(?:self\.)?[A-Za-z_]\w*$/.test(name);
