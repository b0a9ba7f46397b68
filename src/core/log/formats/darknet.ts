import { type Announcement, numberFirst, phraseFormat } from '../log-format.ts';
import { numberIn, printedFile, printedFileOfSentence } from '../printed-values.ts';

/**
 * Darknet (YOLOv2 to YOLOv4). Source: AlexeyAB/darknet, `src/detector.c`, `src/parser.c` (`save_weights_upto`,
 * `load_weights_upto`); printed by default. The step is in the name (`yolov4_6000.weights`). Weights that end otherwise
 * (`yolov4.conv.137`) are a pretrained backbone.
 */
export const darknet = phraseFormat('darknet', [
  { start: 'Saving weights to ', read: saved },
  { start: 'Loading weights from ', read: loaded },
  ...numberFirst(progress, ': '),
]);

function saved(rest: string): Announcement | null {
  const path = printedFile(rest);
  return path === null || !/\.(?:weights|backup)$/.test(path)
    ? null
    : { kind: 'saved', path, step: stepOf(path) };
}

function loaded(rest: string): Announcement | null {
  const path = printedFileOfSentence(rest.replace(/Done!$/, ''));
  return path === null || !/\.(?:weights|backup)$/.test(path)
    ? null
    : { kind: 'loaded', path, step: stepOf(path) };
}

function progress(message: string): Announcement | null {
  const [, step, loss] =
    /^(\d{1,15}): -?\d{1,20}(?:\.\d{1,20})?, (-?\d{1,20}(?:\.\d{1,20})?) avg(?: loss)?, /.exec(message) ?? [];
  return step === undefined ? null : { kind: 'progress', step: Number(step), loss: Number(loss) };
}

const stepOf = (path: string): number | null => numberIn(path, /_(\d{1,15})\.weights$/g);
