import * as v from 'valibot';
import { type Result, ok } from '../core/result.ts';
import type { RuntimeFailure } from './failure.ts';
import { type Access, requestJson } from './json-reply.ts';
import type { ServerAddress } from './server-address.ts';

/** ISO 8601 as jupyter_server writes it, in milliseconds since the epoch by the server's clock. */
const isoTime = v.pipe(
  v.string(),
  v.transform((text) => Date.parse(text)),
  v.finite(),
);

const kernelSchema = v.object({
  id: v.string(),
  name: v.string(),
  execution_state: v.string(),
  last_activity: isoTime,
});
const specSchema = v.object({ spec: v.object({ language: v.string() }) });
const statusSchema = v.object({ started: isoTime });

export interface KernelStatus {
  readonly kernelId: string;
  /** Of its kernel spec: `python3`. */
  readonly kernelName: string;
  /**
   * `idle`, `busy`, `starting`, … as the server last heard. `idle` proves nothing while a cell trains: requests on
   * control and subshells make the kernel say so, too (jupyter_server 2.21).
   */
  readonly executionState: string;
  /** Milliseconds since the epoch, by the server's clock. */
  readonly lastActivityAt: number;
}

/** A kernel as the server knows it; `not-found` when it has none of that id. */
export async function kernelStatus(
  server: ServerAddress,
  kernelId: string,
  access: Access = {},
): Promise<Result<KernelStatus, RuntimeFailure>> {
  const reply = await requestJson(
    server,
    { route: 'api/kernels', path: kernelId, schema: kernelSchema, maxBytes: 256 * 1024 },
    access,
  );
  if (!reply.ok) return reply;
  const { id, name, execution_state, last_activity } = reply.value;
  return ok({
    kernelId: id,
    kernelName: name,
    executionState: execution_state,
    lastActivityAt: last_activity,
  });
}

/** Whether a kernel of that name is one for Python: by its own name (`python3`), or by what its spec says. */
export async function speaksPython(
  server: ServerAddress,
  kernelName: string,
  access: Access = {},
): Promise<Result<boolean, RuntimeFailure>> {
  if (/^python\d?$/.test(kernelName)) return ok(true);
  const reply = await requestJson(
    server,
    { route: 'api/kernelspecs', path: kernelName, schema: specSchema, maxBytes: 256 * 1024 },
    access,
  );
  if (!reply.ok) return reply.failure.kind === 'not-found' ? ok(false) : reply;
  return ok(reply.value.spec.language.toLowerCase() === 'python');
}

/** When the server was started: another time than before means another server, whatever its address. */
export async function serverStartedAt(
  server: ServerAddress,
  access: Access = {},
): Promise<Result<number, RuntimeFailure>> {
  const reply = await requestJson(
    server,
    { route: 'api/status', path: '', schema: statusSchema, maxBytes: 256 * 1024 },
    access,
  );
  return reply.ok ? ok(reply.value.started) : reply;
}
