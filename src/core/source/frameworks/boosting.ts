import type { Library } from '../framework-training.ts';
import { followValue } from '../follow-value.ts';
import { keywordValue } from '../python-call.ts';
import { lastPart, textOf } from '../python-tree.ts';
import { constructions } from './constructions.ts';
import {
  argumentOf, byDefault, calledPath, callSite, folderAt, makerOf, methodCall, numberAt, rootOf, training, unknown,
  type CallReader,
} from './scene.ts'; // prettier-ignore

/** `xgb.train(params, …)` and `lgb.train(params, …)`. */
export const boostingCall: CallReader = (scene, here) => {
  const path = calledPath(scene, here);
  if (path !== 'xgboost.train' && path !== 'lightgbm.train') return null;
  const saved = constructions(scene.follow.names, ['TrainingCheckPoint'], scene.cell).flatMap(
    ({ call, place }) => {
      const folder = argumentOf(call, 'directory', 0);
      return folder === null ? [] : [folderAt(scene, folder, place)];
    },
  );
  const rounds = argumentOf(here.call, 'num_boost_round', 2);
  const site = callSite(scene, here, null, {
    library: libraryOf(textOf(here.tree, here.call.callee), rootOf(path)),
  });
  return training(scene, 'boosting', site, {
    folders: rootOf(path) === 'xgboost' ? saved : [],
    steps: numberAt(scene, rounds, here.place, byDefault(rootOf(path) === 'xgboost' ? 10 : 100)),
  });
};

/** `xgb` of `xgb.train`; of a bare `train` the package. */
function libraryOf(callee: string, root: string): Library {
  const dot = callee.lastIndexOf('.');
  return dot < 0
    ? { name: root, importLine: `import ${root}` }
    : { name: callee.slice(0, dot).trim(), importLine: null };
}

/** `CatBoostClassifier(save_snapshot=True, …).fit(…)`: it takes a snapshot up by itself. */
export const catboostCall: CallReader = (scene, here) => {
  const method = methodCall(here);
  if (method?.method !== 'fit') return null;
  const made = makerOf(scene, here, method.object);
  if (made === null || !/^CatBoost(?:Classifier|Regressor|Ranker)?$/.test(lastPart(made.path))) return null;
  const own = keywordValue(here.call, 'save_snapshot') ?? keywordValue(made.call, 'save_snapshot');
  const value = own === null ? null : followValue(scene.follow, own, made.place);
  if (value?.type !== 'bool' || !value.value) return null;
  const folder = keywordValue(made.call, 'train_dir');
  const kept = folder === null ? byDefault('catboost_info') : folderAt(scene, folder, made.place);
  return training(scene, 'boosting', callSite(scene, here, method.object, { backup: kept }), {
    folders: [kept],
    steps: numberAt(scene, argumentOf(made.call, 'iterations', 0), made.place, unknown),
  });
};
