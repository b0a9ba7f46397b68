import { followValue } from '../follow-value.ts';
import type { Made } from '../made-by.ts';
import { keywordValue, positionalValues } from '../python-call.ts';
import { lastPart } from '../python-tree.ts';
import type { SourceValue } from '../training-source.ts';
import {
  below, byDefault, callSite, folderAt, isOpen, makerOf, methodCall, numberAt, rootOf, training, unknown,
  type CallReader, type Scene,
} from './scene.ts'; // prettier-ignore

const models = new Set(['YOLO', 'RTDETR', 'YOLOWorld', 'YOLOE', 'NAS']);

/** `YOLO("yolo11n.pt").train(data=…, epochs=100)` (ultralytics/engine/model.py). */
export const ultralyticsCall: CallReader = (scene, here) => {
  const method = methodCall(here);
  if (method?.method !== 'train') return null;
  const made = makerOf(scene, here, method.object);
  if (
    made === null ||
    !models.has(lastPart(made.path)) ||
    !/^(?:ultralytics|YOLO|RTDETR)$/.test(rootOf(made.path))
  )
    return null;
  const { call, place } = here;
  const epochs = numberAt(
    scene,
    keywordValue(call, 'epochs'),
    place,
    isOpen(call) ? unknown : byDefault(100),
  );
  return training(scene, 'ultralytics', callSite(scene, here, method.object), {
    folders: [folderOf(scene, here, made)],
    epochs,
  });
};

/** `project/name`; by default `runs/<task>/train`, with a number behind it where that folder is taken. */
function folderOf(scene: Scene, { call, place }: Parameters<CallReader>[1], made: Made): SourceValue<string> {
  const project = keywordValue(call, 'project');
  const name = keywordValue(call, 'name');
  if (isOpen(call) && (project === null || name === null)) return unknown;
  const task = taskOf(scene, made);
  const root =
    project !== null ? folderAt(scene, project, place) : task === null ? unknown : byDefault(`runs/${task}`);
  if (name === null) return below(root, 'train');
  const value = followValue(scene.follow, name, place);
  const cellId = scene.follow.names.cells[place.cell]?.id ?? '';
  if (value?.type !== 'str') return unknown;
  const folder = below(root, value.value);
  return folder.kind === 'unknown' ? unknown : { kind: 'known', value: folder.value, cellId };
}

const tasks: readonly (readonly [RegExp, string])[] = [
  [/-seg\b/, 'segment'],
  [/-cls\b/, 'classify'],
  [/-pose\b/, 'pose'],
  [/-obb\b/, 'obb'],
];

/** The task is in the name of the weights: `yolo11n-seg.pt`. */
function taskOf(scene: Scene, { call, place }: Made): string | null {
  const weights = keywordValue(call, 'model') ?? positionalValues(call)[0];
  if (weights === undefined) return 'detect';
  const value = followValue(scene.follow, weights, place);
  if (value?.type !== 'str' && value?.type !== 'path') return null;
  return tasks.find(([mark]) => mark.test(value.value))?.[1] ?? 'detect';
}
