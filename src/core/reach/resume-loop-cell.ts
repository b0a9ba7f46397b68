import { holdfastComment } from '../recovery/holdfast-cell.ts';
import { pythonLiteral } from '../recovery/python-literal.ts';

/** By which names the loop's own code knows what lies in the file: what `ReachState.names` says. */
export type LoopNames = Readonly<Record<string, readonly string[]>>;

/** In the order in which they are loaded: an optimizer takes its device from its model. */
const KINDS = ['models', 'others', 'optimizers', 'schedulers', 'scalers'] as const;

const RANDOM = [
  'version, inner, gauss = saved["random"]["python"]',
  'random.setstate((version, tuple(inner), gauss))',
  'if "numpy" in saved["random"]:',
  '    import numpy',
  '    kind, keys, place, has_gauss, gauss = saved["random"]["numpy"]',
  '    numpy.random.set_state((kind, numpy.array(keys, dtype="uint32"), place, has_gauss, gauss))',
  'if "cuda" in saved["random"]:',
  '    torch.cuda.set_rng_state_all(saved["random"]["cuda"])',
  'torch.set_rng_state(saved["random"]["torch"])',
];

/**
 * The lines that put a loop back to where a checkpoint of ours was made (`checkpoint-step-N.pt`): they belong between what
 * makes the model and the loop. Names that are no names of the code, because the checkpoint found none, become comments.
 */
export function resumeLoopLines(path: string, names: LoopNames): readonly string[] {
  const loads = KINDS.flatMap((kind) =>
    (names[kind] ?? []).map((name) => {
      const state = `saved[${pythonLiteral(kind)}][${pythonLiteral(name)}]`;
      return isName(name) ? `${name}.load_state_dict(${state})` : `# ${state}`;
    }),
  );
  return [
    'import random',
    'import torch',
    `saved = torch.load(${pythonLiteral(path)}, map_location="cpu", weights_only=True)`,
    ...loads,
    ...RANDOM,
  ];
}

/**
 * The same as a cell. The loop then begins at `saved["step"]`; how its counter is called only its user knows
 * (`saved["numbers"]` has what it was).
 */
export const resumeLoopCell = (path: string, names: LoopNames, title: string): string =>
  [holdfastComment(title), ...resumeLoopLines(path, names), ''].join('\n');

const isName = (name: string): boolean => /^(?:self\.)?[A-Za-z_]\w*$/.test(name);
