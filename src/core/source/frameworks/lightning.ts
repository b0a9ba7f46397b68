import { classPaths } from '../made-by.ts';
import { followValue } from '../follow-value.ts';
import type { Made } from '../made-by.ts';
import { keywordValue } from '../python-call.ts';
import { textOf, lastPart } from '../python-tree.ts';
import type { SourceValue } from '../training-source.ts';
import { constructions, imports, savesWeights } from './constructions.ts';
import {
  argumentOf, below, byDefault, callSite, folderAt, isOpen, makerOf, methodCall, numberAt, rootOf, training, unknown,
  type CallReader, type Scene,
} from './scene.ts'; // prettier-ignore

const packages = ['lightning', 'pytorch_lightning'];
const isLightning = (path: string): boolean => packages.includes(rootOf(path));

/** `trainer.fit(model, …)` of PyTorch Lightning (lightning/pytorch/trainer/trainer.py, 2.6). */
export const lightningCall: CallReader = (scene, here) => {
  const method = methodCall(here);
  if (method?.method !== 'fit') return null;
  const made = makerOf(scene, here, method.object);
  const { names } = scene.follow;
  const known =
    made !== null &&
    classPaths(names, made.path, made.place).some(
      (path) => isLightning(path) && lastPart(path) === 'Trainer',
    );
  const likely =
    made === null && /trainer/i.test(textOf(here.tree, method.object)) && imports(names, packages);
  if (!known && !likely) return null;
  const trainer = known ? made : null;
  const site = callSite(scene, here, method.object, {
    weightsOnly: savesWeights(scene, 'save_weights_only'),
  });
  return training(scene, 'lightning', site, {
    folders: foldersOf(scene, trainer),
    ...lengthOf(scene, trainer),
  });
};

function lengthOf(
  scene: Scene,
  trainer: Made | null,
): { readonly epochs: SourceValue<number>; readonly steps: SourceValue<number> } {
  if (trainer === null) return { epochs: unknown, steps: unknown };
  const { call, place } = trainer;
  const given = keywordValue(call, 'max_epochs');
  const steps = numberAt(
    scene,
    keywordValue(call, 'max_steps'),
    place,
    isOpen(call) ? unknown : byDefault(-1),
  );
  const withoutSteps = steps.kind === 'default' && !isOpen(call);
  return { epochs: numberAt(scene, given, place, withoutSteps ? byDefault(1000) : unknown), steps };
}

/** Where `ModelCheckpoint`s write; without a `dirpath` below the trainer's root and its logger's folder. */
function foldersOf(scene: Scene, trainer: Made | null): readonly SourceValue<string>[] {
  const named = constructions(scene.follow.names, ['ModelCheckpoint'], scene.cell)
    .filter(({ path }) => isLightning(path) || !path.includes('.'))
    .flatMap(({ call, place }) => {
      const folder = argumentOf(call, 'dirpath', 0);
      return folder === null || folder.name === 'None' ? [] : [folderAt(scene, folder, place)];
    });
  const logs = trainer === null ? unknown : logFolder(scene, trainer);
  return named.length > 0 ? named : [logs];
}

function logFolder(scene: Scene, { call, place }: Made): SourceValue<string> {
  const logger = keywordValue(call, 'logger');
  const off =
    logger !== null && ['False', 'None'].includes(logger.name === 'Boolean' ? 'False' : logger.name);
  const given = keywordValue(call, 'default_root_dir');
  const root = given === null ? byDefault('.') : folderAt(scene, given, place);
  const rootFolder = given === null && isOpen(call) ? unknown : root;
  if (off) return below(rootFolder, 'checkpoints');
  if (logger === null || logger.name === 'Boolean') {
    return given === null && rootFolder.kind !== 'unknown'
      ? byDefault('lightning_logs')
      : below(rootFolder, 'lightning_logs');
  }
  return loggerFolder(scene);
}

/** `TensorBoardLogger("logs", name="a")` and `CSVLogger`: `logs/a`; what other loggers choose is not known. */
function loggerFolder(scene: Scene): SourceValue<string> {
  const loggers = constructions(scene.follow.names, ['TensorBoardLogger', 'CSVLogger'], scene.cell);
  const [only] = loggers;
  const folder = only === undefined ? null : argumentOf(only.call, 'save_dir', 0);
  if (only === undefined || folder === null || loggers.length > 1) return unknown;
  const name = argumentOf(only.call, 'name', 1);
  const value = name === null ? 'lightning_logs' : followValue(scene.follow, name, only.place);
  const text = typeof value === 'string' ? value : value?.type === 'str' ? value.value : null;
  return text === null ? unknown : below(folderAt(scene, folder, only.place), text);
}
