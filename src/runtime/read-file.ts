import { type Result, fail, ok } from '../core/result.ts';
import { readerOf } from './body-reader.ts';
import { explainRefusal } from './explain.ts';
import type { RuntimeFailure } from './failure.ts';
import { checkAnswer } from './file-answer.ts';
import type { FilePart, PartRead, ReadFailure } from './file-part.ts';
import { type OpenReply, openReply } from './http.ts';
import { type Access, refusalOf } from './json-reply.ts';
import { type ServerAddress, urlOf } from './server-address.ts';

/** Takes a stretch of bytes, which are good until it is done with them. What it throws goes through to who asked. */
export type TakeBytes = (chunk: Uint8Array) => void | Promise<void>;

/**
 * Reads a part of a file over `/files/…` as it comes, a chunk at a time, for parts of any size: nothing is held but the
 * chunk at hand. After a failure, the chunks that were taken are good up to where they end.
 *
 * `conflict`: the file is not the one that was listed (its size or its time is another). `unreachable` also when the body
 * ends before it should although its status was right: something between us and the server let the line go.
 * `not-understood`: an answer with another stretch than was asked for, or packed by a proxy (`Content-Encoding`), of which
 * nobody can say how long it has to be.
 */
export async function readPart(
  server: ServerAddress,
  part: FilePart,
  take: TakeBytes,
  access: Access = {},
): Promise<Result<PartRead, ReadFailure>> {
  const { path, from, to, sizeBytes } = part;
  if (from < 0 || to > sizeBytes || from > to || (from === to && sizeBytes > 0))
    throw new RangeError(`No part of a file of ${sizeBytes} bytes: ${from} to ${to}`);
  const url = urlOf(server, 'files', path);
  if (url === null) return fail({ kind: 'not-found' });
  // An empty file has no range (jupyter_server answers 416).
  const headers: Readonly<Record<string, string>> =
    sizeBytes === 0 ? {} : { Range: `bytes=${from}-${to - 1}` };
  const opened = await openReply(url, { ...access, headers, explain: explainRefusal });
  if (!opened.ok) return fail(await refusalOf(server, 'files', opened.failure, access));
  const { response, watch } = opened.value;
  try {
    const checked = await checkAnswer(response, part, watch);
    if (!checked.ok) return checked;
    const poured = await pour(
      opened.value,
      part,
      access.afterBytes === undefined ? take : slowly(take, access.afterBytes),
    );
    return poured.ok ? checked : poured;
  } finally {
    watch.stop();
    await response.body?.cancel().catch(() => undefined);
  }
}

/** What is not read stays with the server: the line itself tells it to wait. */
const slowly =
  (take: TakeBytes, afterBytes: (bytes: number) => Promise<void>): TakeBytes =>
  async (chunk) => {
    await take(chunk);
    await afterBytes(chunk.length);
  };

async function pour(
  { response, watch }: OpenReply,
  { from, to, sizeBytes }: FilePart,
  take: TakeBytes,
): Promise<Result<null, RuntimeFailure>> {
  const reader = response.body === null ? null : readerOf(response.body);
  const isWhole = response.status === 200;
  // A whole file that was asked for in part is let go of; any other answer has to end where it said it would.
  const mayGoOn = isWhole && to < sizeBytes;
  let left = to - from;
  try {
    for (;;) {
      if (left === 0 && mayGoOn) return ok(null);
      const chunk = reader === null ? 'end' : await reader.next();
      if (chunk === 'broken') return fail(watch.verdict() ?? { kind: 'unreachable' });
      if (chunk === 'end') return left > 0 ? fail({ kind: 'unreachable' }) : ok(null);
      if (chunk.length > left && !mayGoOn)
        return fail(isWhole ? { kind: 'conflict' } : { kind: 'not-understood', status: response.status });
      watch.pause();
      await take(chunk.subarray(0, left));
      watch.heard();
      left -= Math.min(left, chunk.length);
    }
  } finally {
    await reader?.end();
  }
}
