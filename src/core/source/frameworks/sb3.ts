import { constructions } from './constructions.ts';
import {
  argumentOf, callSite, folderAt, makerOf, methodCall, numberAt, rootOf, training, unknown, type CallReader,
} from './scene.ts'; // prettier-ignore
import { classPaths } from '../made-by.ts';
import { keywordValue } from '../python-call.ts';

const packages = new Set(['stable_baselines3', 'sb3_contrib', 'sbx']);

/** `model.learn(total_timesteps=…)` of Stable-Baselines3. */
export const sb3Call: CallReader = (scene, here) => {
  const method = methodCall(here);
  if (method?.method !== 'learn') return null;
  const { names } = scene.follow;
  const made = makerOf(scene, here, method.object);
  const paths = made === null ? [] : classPaths(names, made.path.replace(/\.load$/, ''), made.place);
  if (!paths.some((path) => packages.has(rootOf(path)))) return null;
  const saved = constructions(names, ['CheckpointCallback'], scene.cell).flatMap(({ call, place }) => {
    const folder = argumentOf(call, 'save_path', 1);
    return folder === null ? [] : [folderAt(scene, folder, place)];
  });
  const best = constructions(names, ['EvalCallback'], scene.cell).flatMap(({ call, place }) => {
    const folder = keywordValue(call, 'best_model_save_path');
    return folder === null || folder.name === 'None' ? [] : [folderAt(scene, folder, place)];
  });
  return training(scene, 'sb3', callSite(scene, here, method.object), {
    folders: [...saved, ...best],
    steps: numberAt(scene, argumentOf(here.call, 'total_timesteps', 0), here.place, unknown),
  });
};
