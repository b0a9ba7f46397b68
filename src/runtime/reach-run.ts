import { type ReachState, readReachAnswer } from '../core/reach/reach-answer.ts';
import { visitProgram } from '../core/reach/reach-program.ts';
import type { ReachWish } from '../core/reach/reach-wish.ts';
import { type Result, ok } from '../core/result.ts';
import type { DoorFailure } from './door-failure.ts';
import type { Access } from './json-reply.ts';
import { type DoorOptions, visitKernel } from './kernel-door.ts';
import type { ServerAddress } from './server-address.ts';

/**
 * Asks something of the run in a kernel's busy main thread, about 50 ms a question. A wish that is `pending` has been
 * understood; ask for the `state` again until it is `saved` or `failed`.
 */
export async function reachRun(
  server: ServerAddress,
  kernelId: string,
  wish: ReachWish,
  access: Access,
  options: DoorOptions = {},
): Promise<Result<ReachState, DoorFailure>> {
  const said = await visitKernel(server, kernelId, visitProgram(wish), access, options);
  if (!said.ok) return said;
  const read = readReachAnswer(said.value);
  return read.ok ? ok(read.value) : read;
}
