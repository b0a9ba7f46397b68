import * as v from 'valibot';
import { type Result, ok } from '../core/result.ts';
import type { RuntimeFailure } from './failure.ts';
import { type Access, requestJson } from './json-reply.ts';
import type { ServerAddress } from './server-address.ts';

/** A document and the kernel it runs on. */
export interface KernelSession {
  readonly kernelId: string;
  /** Path relative to the server's root, without a leading slash. Several documents may share a kernel. */
  readonly path: string;
}

/** Session model of jupyter_server 1.0 to 2.21. `kernel` is `null` while one is being started. */
const sessionsSchema = v.array(
  v.object({ path: v.string(), kernel: v.nullish(v.object({ id: v.string() })) }),
);

/** The sessions of a server that have a kernel. */
export async function listSessions(
  server: ServerAddress,
  access: Access = {},
): Promise<Result<readonly KernelSession[], RuntimeFailure>> {
  const reply = await requestJson(
    server,
    { route: 'api/sessions', path: '', schema: sessionsSchema, maxBytes: 8 * 1024 * 1024 },
    access,
  );
  if (!reply.ok) return reply;
  return ok(
    reply.value.flatMap(({ path, kernel }) =>
      kernel === undefined || kernel === null
        ? []
        : [{ kernelId: kernel.id, path: path.replace(/^\/+/, '') }],
    ),
  );
}
