import { type Result, fail, ok } from '../core/result.ts';
import { stat } from './contents.ts';
import type { RuntimeFailure } from './failure.ts';
import { readRange } from './files.ts';
import type { Access } from './json-reply.ts';
import type { ServerAddress } from './server-address.ts';

/** A small text file in UTF-8, whole or not at all: `too-large` when it has more than `maxBytes`. */
export async function readText(
  server: ServerAddress,
  path: string,
  maxBytes: number,
  access: Access = {},
): Promise<Result<string, RuntimeFailure>> {
  const file = await stat(server, path, access);
  if (!file.ok) return file;
  const { sizeBytes } = file.value;
  if (sizeBytes === null) return fail({ kind: 'not-found' });
  if (sizeBytes > maxBytes) return fail({ kind: 'too-large' });
  const read = await readRange(server, path, { from: 0, to: sizeBytes }, sizeBytes, access);
  return read.ok ? ok(new TextDecoder().decode(read.value.bytes)) : read;
}
