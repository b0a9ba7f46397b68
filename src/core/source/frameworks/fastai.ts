import { keywordValue } from '../python-call.ts';
import { lastPart } from '../python-tree.ts';
import { imports } from './constructions.ts';
import {
  argumentOf, below, callSite, folderAt, makerOf, methodCall, numberAt, training, unknown, type CallReader,
} from './scene.ts'; // prettier-ignore

const learners =
  /^(?:Learner|(?:vision|cnn|unet|tabular|collab|text_classifier|language_model|ssd|segmentation)_learner|TabularLearner|TextLearner)$/;
const fits = new Set(['fit', 'fit_one_cycle', 'fine_tune', 'fit_flat_cos', 'fit_sgdr']);

/** `learn.fit_one_cycle(5)` of fastai; its checkpoints lie in `<learn.path>/models`. */
export const fastaiCall: CallReader = (scene, here) => {
  const method = methodCall(here);
  if (method === null || !fits.has(method.method)) return null;
  const made = makerOf(scene, here, method.object);
  if (made === null || !learners.test(lastPart(made.path)) || !imports(scene.follow.names, ['fastai']))
    return null;
  const path = keywordValue(made.call, 'path');
  return training(scene, 'fastai', callSite(scene, here, method.object), {
    folders: path === null ? [] : [below(folderAt(scene, path, made.place), 'models')],
    epochs: numberAt(scene, argumentOf(here.call, 'n_epoch', 0), here.place, unknown),
  });
};
