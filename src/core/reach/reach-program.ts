import { pythonLiteral } from '../recovery/python-literal.ts';
import { ACCELERATE } from './python/accelerate.ts';
import { BOOT, GUARD, GUEST } from './python/guest.ts';
import { CALLBACK_RUN } from './python/callback-run.ts';
import { KERAS } from './python/keras.ts';
import { LIGHTNING } from './python/lightning.ts';
import { PYTORCH } from './python/pytorch.ts';
import { RECORD } from './python/record.ts';
import { STEP_HOOK } from './python/step-hook.ts';
import { TRANSFORMERS } from './python/transformers.ts';
import { VISIT } from './python/visit.ts';
import { WATCH } from './python/watch.ts';
import type { ReachWish } from './reach-wish.ts';

/** All of our Python that a kernel holds, as one module. Runs on Python 3.8 and later. */
export const REACH_SOURCE = [
  RECORD,
  CALLBACK_RUN,
  TRANSFORMERS,
  LIGHTNING,
  KERAS,
  STEP_HOOK,
  ACCELERATE,
  PYTORCH,
  VISIT,
  GUEST,
  WATCH,
].join('\n');

/** A notebook may have a variable of that name. */
const EXEC = '__import__("builtins").exec';

/** What a visit runs: nothing of it prints, and none of it leaves a name behind. */
export interface VisitProgram {
  readonly code: string;
  /** The expression whose text is the answer: JSON in ASCII, one line. */
  readonly expression: string;
}

/** The code of one visit. The wish goes in as JSON inside a literal, so that no path in it is ever read as code. */
export function visitProgram(wish: ReachWish): VisitProgram {
  const scope = `{"wish": ${pythonLiteral(JSON.stringify(wish))}, "source": ${pythonLiteral(REACH_SOURCE)}}`;
  return {
    code: `${EXEC}(${pythonLiteral(GUARD)}, {})`,
    expression: `(lambda scope: (${EXEC}(${pythonLiteral(BOOT)}, scope), scope["answer"])[1])(${scope})`,
  };
}
