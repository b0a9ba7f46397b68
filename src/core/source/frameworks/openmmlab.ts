import { followName } from '../follow-value.ts';
import type { Made } from '../made-by.ts';
import { classPaths } from '../made-by.ts';
import { keywordValue, positionalValues } from '../python-call.ts';
import { dottedName, lastPart } from '../python-tree.ts';
import type { PythonValue } from '../python-value.ts';
import type { SourceValue } from '../training-source.ts';
import {
  byDefault, callSite, folderAt, makerOf, methodCall, rootOf, training, unknown, type CallReader, type Scene,
} from './scene.ts'; // prettier-ignore

/** `runner.train()` with `Runner.from_cfg(cfg)` (mmengine/runner/runner.py). */
export const mmengineCall: CallReader = (scene, here) => {
  const method = methodCall(here);
  if (method?.method !== 'train') return null;
  const made = makerOf(scene, here, method.object);
  if (made === null || !isRunner(scene, made)) return null;
  const { call, place } = made;
  const given = keywordValue(call, 'work_dir');
  const folder =
    given === null ? setting(scene, made, here.place, 'work_dir') : folderAt(scene, given, place);
  const epochs = setting(scene, made, here.place, 'train_cfg.max_epochs');
  return training(scene, 'mmengine', callSite(scene, here, method.object), {
    folders: [asText(folder)],
    epochs: asNumber(epochs),
  });
};

function isRunner({ follow }: Scene, { path, place }: Made): boolean {
  if (/(?:^|\.)(?:Flexible)?Runner\.from_cfg$/.test(path) || /^(?:\w+\.)*RUNNERS\.build$/.test(path))
    return true;
  return classPaths(follow.names, path, place).some(
    (name) => rootOf(name) === 'mmengine' && lastPart(name).endsWith('Runner'),
  );
}

/** `trainer.train()` of detectron2's `DefaultTrainer(cfg)` and of classes made from it (engine/defaults.py). */
export const detectronCall: CallReader = (scene, here) => {
  const method = methodCall(here);
  if (method?.method !== 'train') return null;
  const made = makerOf(scene, here, method.object);
  if (made === null) return null;
  const paths = classPaths(scene.follow.names, made.path, made.place);
  const isTrainer = paths.some(
    (path) => rootOf(path) === 'detectron2' || /^(?:DefaultTrainer|SimpleTrainer)$/.test(path),
  );
  if (!isTrainer) return null;
  const folder = setting(scene, made, here.place, 'OUTPUT_DIR');
  return training(scene, 'detectron2', callSite(scene, here, method.object), {
    folders: [folder === null ? byDefault('./output') : asText(folder)],
    steps: asNumber(setting(scene, made, here.place, 'SOLVER.MAX_ITER')),
  });
};

type Setting = SourceValue<string | number>;

/** `cfg.NAME = value`, as it stands where the training begins; `null`: nothing is set. */
function setting(scene: Scene, made: Made, place: Made['place'], key: string): Setting | null {
  const tree = scene.follow.names.cells[made.place.cell]?.tree;
  const given = positionalValues(made.call)[0] ?? keywordValue(made.call, 'cfg');
  const name = tree === undefined || given === undefined || given === null ? null : dottedName(tree, given);
  if (name === null) return unknown;
  const path = `${name}.${key}`;
  if (!scene.follow.names.bindings.has(path)) return null;
  const value = followName(scene.follow, path, place);
  return value === null ? unknown : known(scene, value, place);
}

const known = (scene: Scene, value: PythonValue, { cell }: Made['place']): Setting =>
  value.type === 'str' || value.type === 'path' || value.type === 'int'
    ? { kind: 'known', value: value.value, cellId: scene.follow.names.cells[cell]?.id ?? '' }
    : unknown;

const asText = (value: Setting | null): SourceValue<string> =>
  value === null || value.kind === 'unknown' || typeof value.value !== 'string'
    ? unknown
    : { ...value, value: value.value };

const asNumber = (value: Setting | null): SourceValue<number> =>
  value === null || value.kind === 'unknown' || typeof value.value !== 'number'
    ? unknown
    : { ...value, value: value.value };
