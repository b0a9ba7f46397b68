import { constructions } from '../source/frameworks/constructions.ts';
import { lastPart } from '../source/python-tree.ts';
import type { NotebookModels } from './notebook-models.ts';
import type { Recipe } from './recipe.ts';

const CLASSES = ['YOLO', 'RTDETR', 'YOLOWorld', 'YOLOE', 'NAS'];

/** `YOLO("runs/detect/train/weights/best.pt")`, by the class that the notebook trains. */
export function ultralyticsRecipe({ follow: { names } }: NotebookModels): Recipe {
  const own = constructions(names, CLASSES, names.cells.length).at(-1);
  const className = own === undefined ? 'YOLO' : lastPart(own.path);
  return {
    kind: `ultralytics ${className}`,
    answers: 'pictures',
    imports: [{ module: 'ultralytics', name: className }],
    base: null,
    load: ({ model, of }, path) => [`${model} = ${of(className)}(${path})`],
  };
}
