import type { Framework } from '../../framework.ts';
import type { ExecutedCall, LoopAround } from '../executed-calls.ts';
import type { FrameworkTraining, LoopSite } from '../framework-training.ts';
import { madeBy } from '../made-by.ts';
import { positionalValues } from '../python-call.ts';
import { textOf, type SyntaxNode } from '../python-tree.ts';
import type { SavedState } from '../saved-state.ts';
import { constructions, imports } from './constructions.ts';
import { epochsOf, readEpochLoop } from './epoch-loop.ts';
import { inScope, savedStates, type FoundSave } from './saved-states.ts';
import {
  argumentOf,
  calledPath,
  folderAt,
  makerOf,
  methodCall,
  rootOf,
  training,
  unknown,
  type Scene,
} from './scene.ts';

/** A call that carries the gradients back, and whose it is. */
interface Backward {
  readonly framework: Framework;
  readonly here: ExecutedCall;
  readonly loop: LoopAround;
  /** `accelerator`, where the gradients go through one. */
  readonly object: SyntaxNode | null;
}

/** A loop that trains when the cell runs: gradients and a step of an optimizer inside the same outermost loop. */
export function findLoop(scene: Scene): FrameworkTraining | null {
  const stepped = new Set(
    scene.calls.filter((here) => isOptimizerStep(scene, here)).map(({ loops }) => loops[0]),
  );
  const backward = firstOf(scene.calls, (here) => readBackward(scene, here, stepped));
  if (backward === null) return null;
  const { loop, here, object, framework } = backward;
  const inCell = here.via.findLastIndex(
    ({ place }, index) => index < loop.depth && place.cell === scene.cell,
  );
  const own = loop.cell === scene.cell;
  const level = own ? loop.depth : inCell;
  const before = own ? loop.node.from : here.via[inCell]?.call.node.from;
  if (before === undefined || level < 0) return null;
  const standing = object === null ? null : { node: object, place: here.place, via: here.via };
  const through =
    framework === 'tensorflow'
      ? trackedCheckpoint(scene)
      : standing === null
        ? ''
        : (inScope(scene, standing, level) ?? '');
  const found = savedStates(scene, through, level);
  const last = lastStep(scene, loop);
  const saves = found.map((save): SavedState => ({ ...save.state, when: whenOf(save, loop, last) }));
  const site: LoopSite = {
    kind: 'loop',
    before,
    loop: own ? readEpochLoop(scene, loop) : null,
    through,
    saves,
  };
  const folders = framework === 'tensorflow' ? managedFolders(scene) : saves.map(({ folder }) => folder);
  return training(scene, framework, site, { folders: unique(folders), epochs: epochsOf(scene, loop) });
}

/** The name of the notebook's `tf.train.Checkpoint(…)`; empty where there is none, or more than one. */
function trackedCheckpoint({ follow }: Scene): string {
  const found = [...follow.names.bindings].flatMap(([name, bindings]) =>
    bindings.some(({ to, cell, at }) => {
      const made = to.kind === 'expression' ? madeBy(follow.names, to.node, { cell, at }) : null;
      return made?.path === 'tensorflow.train.Checkpoint';
    })
      ? [name]
      : [],
  );
  return found.length === 1 ? (found[0] ?? '') : '';
}

/** Where a `tf.train.CheckpointManager` writes. */
const managedFolders = (scene: Scene): FrameworkTraining['folders'] =>
  constructions(scene.follow.names, ['CheckpointManager'], scene.cell).flatMap(({ call, place }) => {
    const folder = argumentOf(call, 'directory', 1);
    return folder === null ? [] : [folderAt(scene, folder, place)];
  });

function firstOf<T, U>(items: readonly T[], read: (item: T) => U | null): U | null {
  for (const item of items) {
    const found = read(item);
    if (found !== null) return found;
  }
  return null;
}

type Stepped = ReadonlySet<LoopAround | undefined>;

/** @param stepped The outermost loops in which an optimizer makes steps. */
function readBackward(scene: Scene, here: ExecutedCall, stepped: Stepped): Backward | null {
  const [loop] = here.loops;
  if (loop === undefined) return null;
  const framework = backwardOf(scene, here, stepped.has(loop));
  if (framework === null) return null;
  const method = methodCall(here);
  const own = framework === 'accelerate' || framework === 'deepspeed' || framework === 'lightning';
  return { framework, here, loop, object: own && method !== null ? method.object : null };
}

function backwardOf(scene: Scene, here: ExecutedCall, stepped: boolean): Framework | null {
  const { names } = scene.follow;
  const method = methodCall(here);
  if (method?.method === 'apply_gradients' && imports(names, ['tensorflow', 'keras'])) return 'tensorflow';
  if (calledPath(scene, here) === 'optax.apply_updates') return 'jax';
  if (method?.method === 'apply_gradients' && imports(names, ['flax', 'jax'])) return 'jax';
  if (method?.method !== 'backward') return null;
  const given = positionalValues(here.call).length > 0;
  const made = makerOf(scene, here, method.object);
  const written = textOf(here.tree, method.object);
  const is = (name: string, pattern: RegExp): boolean =>
    made === null ? pattern.test(written) && imports(names, [name]) : rootOf(made.path) === name;
  if (given && is('accelerate', /accelerator/i)) return 'accelerate';
  if (given && is('deepspeed', /engine|model/i)) return 'deepspeed';
  if (given && (is('lightning', /fabric/i) || is('lightning_fabric', /fabric/i))) return 'lightning';
  return stepped ? 'pytorch' : null;
}

/** `optimizer.step()` or `scaler.step(optimizer)`; a scheduler's step trains nothing. */
function isOptimizerStep(scene: Scene, here: ExecutedCall): boolean {
  const method = methodCall(here);
  if (method?.method !== 'step') return false;
  const written = textOf(here.tree, method.object);
  const given = positionalValues(here.call)[0];
  if (/scaler/i.test(written) && given !== undefined) return true;
  if (/sched|\benv\b|prof/i.test(written)) return false;
  const made = makerOf(scene, here, method.object);
  return made === null || !made.path.includes('.')
    ? /opt|adam|sgd/i.test(written) || /(?:Adam|SGD|Optim|Lion|Adafactor)/.test(made?.path ?? '')
    : /optim|(?:^|\.)(?:\w*Adam\w*|\w*SGD|RMSprop|Adafactor|Lion)$/i.test(made.path);
}

/** The last call inside a loop that carries gradients or steps: what stands after it sees a whole epoch. */
function lastStep(scene: Scene, loop: LoopAround): number {
  return scene.calls.findLastIndex(
    (here) =>
      here.loops[0] === loop && (methodCall(here)?.method === 'backward' || isOptimizerStep(scene, here)),
  );
}

function whenOf({ at, here }: FoundSave, loop: LoopAround, last: number): SavedState['when'] {
  if (here.loops[0] !== loop) return 'outside-loop';
  return here.loops.length === 1 && at > last ? 'after-epoch' : 'within-epoch';
}

function unique(folders: FrameworkTraining['folders']): FrameworkTraining['folders'] {
  const values = new Set<string>();
  return folders.flatMap((folder) => {
    const key = folder.kind === 'unknown' ? '' : folder.value;
    if (values.has(key)) return [];
    values.add(key);
    return [folder.kind === 'unknown' ? unknown : folder];
  });
}
