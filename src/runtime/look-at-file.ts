import { type Result, fail, ok } from '../core/result.ts';
import { explainRefusal } from './explain.ts';
import type { RuntimeFailure } from './failure.ts';
import { pageInstead } from './file-answer.ts';
import { contentLength, contentRange } from './file-headers.ts';
import { openReply } from './http.ts';
import { type Access, refusalOf } from './json-reply.ts';
import { type ServerAddress, urlOf } from './server-address.ts';

/** A file as `/files/…` gives it out. */
export interface ServedFile {
  /** `null` where the server does not say. */
  readonly sizeBytes: number | null;
  readonly lastModified: string | null;
  readonly ranges: boolean;
}

/**
 * What `/files/…` says of a file, its content left where it is. It is asked where the listing can't be right: of a link
 * (Lightning's `last.ckpt` may be one) jupyter_server lists the link's own size and time, 2.21 as well as 1.16, and
 * gives out the file behind it. A `conflict` of `readPart` on a file that did not change is one of these.
 */
export async function lookAtFile(
  server: ServerAddress,
  path: string,
  access: Access = {},
): Promise<Result<ServedFile, RuntimeFailure>> {
  const url = urlOf(server, 'files', path);
  if (url === null) return fail({ kind: 'not-found' });
  // Not HEAD: jupyter_server 1.16 answers it with 500.
  const first = { Range: 'bytes=0-0' };
  const opened = await openReply(url, { ...access, headers: first, explain: explainRefusal });
  if (!opened.ok) {
    // No first byte: it is empty.
    if (opened.failure.kind === 'conflict') return ok({ sizeBytes: 0, lastModified: null, ranges: true });
    return fail(await refusalOf(server, 'files', opened.failure, access));
  }
  const { response, watch } = opened.value;
  try {
    const { status, headers } = response;
    const isPart = status === 206;
    const page = isPart ? null : await pageInstead(response, path, null, watch);
    if (page !== null) return fail(page);
    return ok({
      sizeBytes: isPart ? (contentRange(headers)?.totalBytes ?? null) : contentLength(headers),
      lastModified: headers.get('Last-Modified'),
      ranges: isPart || headers.get('Accept-Ranges') === 'bytes',
    });
  } finally {
    watch.stop();
    await response.body?.cancel().catch(() => undefined);
  }
}
