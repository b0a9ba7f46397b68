import { type Result, fail, ok } from '../core/result.ts';
import { readBody } from './body.ts';
import type { RuntimeFailure } from './failure.ts';
import { contentLength, contentRange } from './file-headers.ts';
import type { FilePart, PartRead, ReadFailure } from './file-part.ts';
import { asksForLogin, isPage } from './login-page.ts';
import type { StallWatch } from './stall.ts';

type Checked = Result<PartRead, ReadFailure>;

const PAGE_BOUND_BYTES = 64 * 1024;

/** Whether an answer of 2xx is the part of the file that was asked for, by its headers. */
export async function checkAnswer(response: Response, part: FilePart, watch: StallWatch): Promise<Checked> {
  const { status, headers } = response;
  if (status !== 200 && status !== 206) return fail({ kind: 'not-understood', status });
  const page = status === 200 ? await pageInstead(response, part.path, part.sizeBytes, watch) : null;
  if (page !== null) return fail(page);
  if (headers.has('Content-Encoding')) return fail({ kind: 'not-understood', status });
  const lastModified = headers.get('Last-Modified');
  if (part.lastModified !== null && part.lastModified !== lastModified) return fail({ kind: 'conflict' });
  return status === 206 ? checkRange(headers, part, lastModified) : checkWhole(headers, part, lastModified);
}

function checkRange(
  headers: Headers,
  { from, to, sizeBytes }: FilePart,
  lastModified: string | null,
): Checked {
  const range = contentRange(headers);
  if (range === null) return fail({ kind: 'not-understood', status: 206 });
  if (range.totalBytes !== sizeBytes) return fail({ kind: 'conflict' });
  if (range.from !== from || range.to !== to) return fail({ kind: 'not-understood', status: 206 });
  return ok({ lastModified, ranges: true });
}

/** The server knows no ranges, or the part is the whole file (jupyter_server then answers 200 and `Accept-Ranges`). */
function checkWhole(headers: Headers, { from, sizeBytes }: FilePart, lastModified: string | null): Checked {
  const length = contentLength(headers);
  if (length !== null && length !== sizeBytes) return fail({ kind: 'conflict' });
  if (from > 0) return fail({ kind: 'no-range' });
  return ok({ lastModified, ranges: headers.get('Accept-Ranges') === 'bytes' });
}

/**
 * A page in place of the file: the login page of a proxy, or its apology, with 200. A file that is itself a page is known by
 * its name, and taken when its length is right.
 *
 * @param sizeBytes The file's size, `null` when it is not known yet.
 */
export async function pageInstead(
  { headers, status, body }: Response,
  path: string,
  sizeBytes: number | null,
  watch: StallWatch,
): Promise<RuntimeFailure | null> {
  if (!isPage(headers, '')) return null;
  const mayBePage = /\.x?html?$/i.test(path);
  const length = contentLength(headers);
  if (mayBePage && (length === null || sizeBytes === null || length === sizeBytes)) return null;
  const start = await readBody(body, PAGE_BOUND_BYTES, watch.heard).catch(() => null);
  if (start === null) return watch.verdict() ?? { kind: 'unreachable' };
  if (asksForLogin(new TextDecoder().decode(start.bytes))) return { kind: 'signed-out' };
  return mayBePage ? { kind: 'conflict' } : { kind: 'not-understood', status };
}
