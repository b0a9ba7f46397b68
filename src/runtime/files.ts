import * as v from 'valibot';
import type { ByteRange } from '../core/checkpoint/proof.ts';
import { type Result, fail, ok } from '../core/result.ts';
import { decodeBase64 } from './base64.ts';
import type { RuntimeFailure } from './failure.ts';
import { type Reply, request } from './http.ts';
import { type Access, requestJson } from './json-reply.ts';
import { type ServerAddress, urlOf } from './server-address.ts';

export interface RangeRead {
  /** The bytes of the range; fewer only if the file ends before it does. */
  readonly bytes: Uint8Array;
  /** Size of the file as this answer knows it, `null` if it doesn't say. */
  readonly totalBytes: number | null;
  /** How it was read. `stream`: the server ignored the range, or it spans the whole file. */
  readonly way: 'range' | 'stream' | 'contents';
}

/** How much is read for nothing on a server that ignores ranges, and how large a file may be for the contents route. */
const DETOUR_BOUND_BYTES = 4 * 1024 * 1024;

/**
 * Reads bytes of a file over `/files/…`, without the kernel.
 *
 * For the end of a file the caller gives its size, so that no server has to know suffix ranges. A server that ignores
 * `Range` (a contents manager of its own: `FilesHandler` in jupyter_server 2.21) is read up to the range's end, unless more
 * than 4 MiB lie before it: `too-large`. Where `/files` is refused (403: jupyter_server wants a Referer of its own for
 * cookie logins), files up to 4 MiB come over the contents route, larger ones are `too-large`. `forbidden` therefore
 * means this file. `conflict`: the file has become shorter than the range's start.
 */
export async function readRange(
  server: ServerAddress,
  path: string,
  range: ByteRange,
  sizeBytes: number,
  access: Access = {},
): Promise<Result<RangeRead, RuntimeFailure>> {
  const url = urlOf(server, 'files', path);
  if (url === null) return fail({ kind: 'not-found' });
  const wanted = range.to - range.from;
  if (wanted <= 0) return ok({ bytes: new Uint8Array(0), totalBytes: null, way: 'range' });
  const reply = await request(url, {
    ...access,
    headers: { Range: `bytes=${range.from}-${range.to - 1}` },
    longer: 'cut',
    maxBytes: (status) => (status === 206 ? wanted : range.from > DETOUR_BOUND_BYTES ? 0 : range.to),
  });
  if (reply.ok) return reply.value.status === 206 ? ranged(reply.value, range) : streamed(reply.value, range);
  if (reply.failure.kind !== 'forbidden') return reply;
  return sizeBytes > DETOUR_BOUND_BYTES
    ? fail({ kind: 'too-large' })
    : readOverContents(server, path, range, access);
}

function ranged({ bytes, headers, status, cut }: Reply, range: ByteRange): Result<RangeRead, RuntimeFailure> {
  const match = /^bytes ([0-9]{1,15})-([0-9]{1,15})\/([0-9]{1,15}|\*)$/.exec(
    headers.get('Content-Range') ?? '',
  );
  if (match === null || cut) return fail({ kind: 'not-understood', status });
  const from = Number(match[1]);
  const to = Number(match[2]) + 1;
  if (from !== range.from || to > range.to) return fail({ kind: 'not-understood', status });
  // The line broke, and whatever stands between us and the server ended the answer as if nothing were missing.
  if (bytes.length !== to - from) return fail({ kind: 'unreachable' });
  return ok({ bytes, totalBytes: match[3] === '*' ? null : Number(match[3]), way: 'range' });
}

function streamed({ bytes, headers, cut }: Reply, range: ByteRange): Result<RangeRead, RuntimeFailure> {
  if (cut && bytes.length < range.to) return fail({ kind: 'too-large' });
  const announced = /^[0-9]{1,15}$/.exec(headers.get('Content-Length') ?? '')?.[0];
  const encoded = headers.has('Content-Encoding');
  const total = announced === undefined || encoded ? null : Number(announced);
  if (!cut && total !== null && total !== bytes.length) return fail({ kind: 'unreachable' });
  return ok({ bytes: bytes.subarray(range.from), totalBytes: cut ? total : bytes.length, way: 'stream' });
}

const base64FileSchema = v.object({
  type: v.literal('file'),
  format: v.literal('base64'),
  content: v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/=\s]*$/)),
});

async function readOverContents(
  server: ServerAddress,
  path: string,
  range: ByteRange,
  access: Access,
): Promise<Result<RangeRead, RuntimeFailure>> {
  const query = { type: 'file', format: 'base64', content: '1' };
  const maxBytes = 2 * DETOUR_BOUND_BYTES;
  const reply = await requestJson(
    server,
    { route: 'api/contents', path, query, schema: base64FileSchema, maxBytes },
    access,
  );
  if (!reply.ok) return reply;
  const whole = decodeBase64(reply.value.content);
  if (whole === null) return fail({ kind: 'not-understood', status: 200 });
  return ok({ bytes: whole.subarray(range.from, range.to), totalBytes: whole.length, way: 'contents' });
}
