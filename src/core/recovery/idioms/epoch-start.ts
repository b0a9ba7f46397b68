import type { EpochLoop } from '../../source/framework-training.ts';
import { baseName } from '../../source/posix-path.ts';
import type { NamePiece, SavedState } from '../../source/saved-state.ts';
import type { ResumePoint } from '../resume-point.ts';
import type { TextEdit } from '../text-edit.ts';

/** The save that wrote a checkpoint: the one whose name fits, or the only one. `null`: it cannot be told. */
export function saveOf(saves: readonly SavedState[], point: ResumePoint): SavedState | null {
  const name = baseName(point.path);
  const fitting = saves.filter((save) => save.name !== null && patternOf(save.name, null).test(name));
  const [first] = fitting;
  if (first !== undefined) return first;
  const [only] = saves;
  return saves.length === 1 && only !== undefined && only.name === null ? only : null;
}

/**
 * The epoch that comes next as the checkpoint's name tells it, where the code shows that its number is that of the loop:
 * `model_{epoch}.pth` written after epoch 3 gives 4, as does `model_{epoch + 1}.pth` that is called 4.
 */
export function nextFromName(save: SavedState, loop: EpochLoop | null, point: ResumePoint): number | null {
  const variable = loop?.variable ?? null;
  if (variable === null || save.name === null || save.when !== 'after-epoch') return null;
  const counted = save.name.filter((piece) => piece.kind === 'expression' && isCount(piece.code, variable));
  const [piece] = counted;
  if (piece?.kind !== 'expression' || counted.length !== 1) return null;
  const digits = patternOf(save.name, piece).exec(baseName(point.path))?.[1];
  if (digits === undefined) return null;
  return Number(digits) + (piece.code === variable ? 1 : 0);
}

/** The loop's variable, or the number of epochs done: the variable and one. */
export const isCount = (code: string, variable: string): boolean =>
  code === variable || isNext(code, variable);

export const isNext = (code: string, variable: string): boolean => {
  const plain = code.replace(/\s/g, '');
  return plain === `${variable}+1` || plain === `1+${variable}`;
};

/** A pattern for the names a save can have; the digits of `counted` are its first group. */
function patternOf(name: readonly NamePiece[], counted: NamePiece | null): RegExp {
  const parts = name.map((piece) => {
    if (piece.kind === 'text') return piece.text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    return piece === counted ? '(\\d{1,9})' : '[^/]*?';
  });
  return new RegExp(`^${parts.join('')}$`, 'u');
}

/** Lets a loop over a range begin at `start`; `null` where it is none. */
export const beginAt = (loop: EpochLoop | null, start: string): TextEdit | null =>
  loop === null || loop.start === null
    ? null
    : {
        from: loop.start.from,
        to: loop.start.to,
        text: loop.start.text === '' ? `${start}, ` : start,
      };
