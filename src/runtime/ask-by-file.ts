import * as v from 'valibot';
import { type ReachState, readReachAnswer } from '../core/reach/reach-answer.ts';
import { REACH_SOURCE } from '../core/reach/reach-program.ts';
import type { ReachWish } from '../core/reach/reach-wish.ts';
import { WATCH_ANSWER, WATCH_MODULE, WATCH_REQUEST, watchRequest } from '../core/reach/watch-cell.ts';
import { type Result, fail, ok } from '../core/result.ts';
import { makeFolders, putBytes } from './contents-changes.ts';
import type { DoorFailure } from './door-failure.ts';
import type { RuntimeFailure } from './failure.ts';
import type { Access } from './json-reply.ts';
import type { ServerAddress } from './server-address.ts';
import { readText } from './text-file.ts';

/** The kernel looks once a second, and a step that computes can hold it up. */
const TIMEOUT_MS = 20_000;
const PAUSE_MS = 500;
const MOST_ANSWER_BYTES = 256 * 1024;

const idSchema = v.object({ id: v.string() });

/** Which wish of which run. */
export interface WishId {
  readonly run: string;
  readonly wish: number;
}

const textOf = ({ run, wish }: WishId): string => `${run} ${wish}`;

/** Where wishes are put down: our folder as the server's file list has it. */
export interface WatchPlace {
  readonly server: ServerAddress;
  readonly folder: string;
  readonly access: Access;
}

/** Puts what the cell of `watchCell` loads into our folder, over what an earlier version of us put there. */
export async function putWatchModule(place: WatchPlace): Promise<Result<null, RuntimeFailure>> {
  const made = await makeFolders(place.server, place.folder, place.access);
  return made.ok ? put(place, WATCH_MODULE, REACH_SOURCE) : made;
}

/**
 * `reachRun` for a kernel that no socket reaches and in which the cell of `watchCell` has run: the wish goes as a file, which
 * needs no idle kernel, and the answer comes as one. A wish that is not taken in time is taken back.
 *
 * A `state` is what was said last of that run, and a `timeout` where nothing was.
 */
export async function askByFile(
  place: WatchPlace,
  id: WishId,
  wish: ReachWish,
  timeoutMs = TIMEOUT_MS,
): Promise<Result<ReachState, DoorFailure>> {
  if (wish.do === 'state') return (await stateOf(place, id)) ?? fail({ kind: 'timeout', afterMs: 0 });
  const sent = await put(place, WATCH_REQUEST, watchRequest(textOf(id), wish));
  if (!sent.ok) return fail({ kind: 'server', failure: sent.failure });
  const until = Date.now() + timeoutMs;
  while (Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    const answer = await answerWith(place, (found) => found === textOf(id));
    if (answer !== null) return answer;
  }
  await put(place, WATCH_REQUEST, watchRequest('taken back', { do: 'state' }));
  return fail({ kind: 'timeout', afterMs: timeoutMs });
}

/** What was said of the run, be it to another wish: then without what that came to. */
async function stateOf(place: WatchPlace, id: WishId): Promise<Result<ReachState, DoorFailure> | null> {
  const exact = await answerWith(place, (found) => found === textOf(id));
  if (exact !== null) return exact;
  const other = await answerWith(place, (found) => found.startsWith(`${id.run} `));
  if (other?.ok !== true) return other;
  const { answer: _, ...state } = other.value;
  return ok(state);
}

/** `null`: no answer to what is meant lies there yet. */
async function answerWith(
  { server, folder, access }: WatchPlace,
  isMeant: (id: string) => boolean,
): Promise<Result<ReachState, DoorFailure> | null> {
  const said = await readText(server, `${folder}/${WATCH_ANSWER}`, MOST_ANSWER_BYTES, access);
  // Half of one is none: it gets its name when it is whole, and the server may have looked just before.
  if (!said.ok || !isMeant(idIn(said.value))) return null;
  const read = readReachAnswer(said.value);
  return read.ok ? ok(read.value) : read;
}

function idIn(text: string): string {
  try {
    const parsed = v.safeParse(idSchema, JSON.parse(text));
    return parsed.success ? parsed.output.id : '';
  } catch {
    return '';
  }
}

async function put(
  { server, folder, access }: WatchPlace,
  name: string,
  text: string,
): Promise<Result<null, RuntimeFailure>> {
  const bytes = new TextEncoder().encode(text);
  const written = await putBytes(server, `${folder}/${name}`, bytes, 'whole', access);
  if (!written.ok) return written;
  return written.value.sizeBytes === bytes.length ? ok(null) : fail({ kind: 'conflict' });
}
