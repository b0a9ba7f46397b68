import { keywordValue } from '../python-call.ts';
import { lastPart } from '../python-tree.ts';
import {
  argumentOf, callSite, folderAt, makerOf, methodCall, numberAt, rootOf, training, unknown, type CallReader,
} from './scene.ts'; // prettier-ignore

/** `ModelTrainer(…).train("out", max_epochs=10)` of Flair. */
export const flairCall: CallReader = (scene, here) => {
  const method = methodCall(here);
  if (method === null || !/^(?:train|fine_tune)$/.test(method.method)) return null;
  const made = makerOf(scene, here, method.object);
  if (made === null || rootOf(made.path) !== 'flair' || lastPart(made.path) !== 'ModelTrainer') return null;
  const folder = argumentOf(here.call, 'base_path', 0);
  return training(scene, 'flair', callSite(scene, here, method.object), {
    folders: folder === null ? [] : [folderAt(scene, folder, here.place)],
    epochs: numberAt(scene, keywordValue(here.call, 'max_epochs'), here.place, unknown),
  });
};

/** `trainer.fit()` of MosaicML Composer. */
export const composerCall: CallReader = (scene, here) => {
  const method = methodCall(here);
  if (method?.method !== 'fit') return null;
  const made = makerOf(scene, here, method.object);
  if (made === null || rootOf(made.path) !== 'composer' || lastPart(made.path) !== 'Trainer') return null;
  const folder = keywordValue(made.call, 'save_folder');
  return training(scene, 'composer', callSite(scene, here, method.object), {
    folders: folder === null ? [] : [folderAt(scene, folder, made.place)],
  });
};

/** `tuner.fit()` and `trainer.fit()` of Ray: folders of its own below `~/ray_results`. */
export const rayCall: CallReader = (scene, here) => {
  const method = methodCall(here);
  if (method?.method !== 'fit') return null;
  const made = makerOf(scene, here, method.object);
  if (made === null || rootOf(made.path) !== 'ray' || !/(?:Tuner|Trainer)$/.test(lastPart(made.path)))
    return null;
  return training(scene, 'ray', callSite(scene, here, method.object));
};
