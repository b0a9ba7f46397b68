import * as v from 'valibot';
import { decodeUtf8 } from '../core/checkpoint/utf8.ts';
import { type Result, fail, ok } from '../core/result.ts';
import { explainChange } from './explain.ts';
import { isStoppedByHub } from './hub.ts';
import type { RuntimeFailure } from './failure.ts';
import { type Reply, type RequestOptions, request } from './http.ts';
import { asksForLogin, isPage } from './login-page.ts';
import { type Route, type ServerAddress, urlOf } from './server-address.ts';

/** Whom a request is for and how long it may take; what callers of every route pass on. */
export type Access = Pick<RequestOptions, 'token' | 'proof' | 'signal' | 'stallMs'> & {
  /** Waited for after so many bytes of a file were taken: for who must not read as fast as it can. */
  readonly afterBytes?: (bytes: number) => Promise<void>;
};

export interface JsonRequest<Schema extends v.GenericSchema> {
  readonly route: Route;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly schema: Schema;
  readonly maxBytes: number;
  /** For a request that changes something. */
  readonly change?: { readonly method: 'PUT' | 'PATCH'; readonly body: NonNullable<RequestOptions['body']> };
}

const STATUS_BOUND_BYTES = 64 * 1024;
const JSON_TYPE = 'application/json';
const READING = { headers: { Accept: JSON_TYPE } } as const;
const CHANGING = {
  headers: { Accept: JSON_TYPE, 'Content-Type': JSON_TYPE },
  explain: explainChange,
} as const;

/**
 * Asks an API route and takes the answer only if the schema accepts it.
 *
 * jupyter_server answers 403 on `/api/…` to whoever is not logged in, as it does to who may not see a folder (2.21,
 * `perm_to_403`): there is no telling the two apart but by asking `/api/status`, so a 403 here is `signed-out` when that
 * is refused as well.
 */
export async function requestJson<Schema extends v.GenericSchema>(
  server: ServerAddress,
  { route, path, query, schema, maxBytes, change }: JsonRequest<Schema>,
  access: Access,
): Promise<Result<v.InferOutput<Schema>, RuntimeFailure>> {
  const url = urlOf(server, route, path, query);
  if (url === null) return fail({ kind: 'not-found' });
  const asked = change === undefined ? READING : { ...CHANGING, ...change };
  const reply = await request(url, { ...access, ...asked, maxBytes });
  return reply.ok ? read(reply.value, schema) : fail(await refusalOf(server, route, reply.failure, access));
}

/**
 * Who is not logged in is refused in the same words as who asks from another site or may not do this: `signed-out` when
 * `/api/status` refuses as well, otherwise what was said. And a hub whose server does not run sends everybody away as if
 * to a login.
 */
export async function refusalOf(
  server: ServerAddress,
  route: Route,
  refused: RuntimeFailure,
  access: Access,
): Promise<RuntimeFailure> {
  if (refused.kind === 'signed-out')
    return (await isStoppedByHub(server, access)) ? { kind: 'server-stopped' } : refused;
  if (refused.kind !== 'forbidden' && refused.kind !== 'cross-site') return refused;
  const status = route === 'api/status' ? null : urlOf(server, 'api/status', '');
  if (status === null) return { kind: 'signed-out' };
  const reply = await request(status, { ...access, maxBytes: STATUS_BOUND_BYTES });
  if (reply.ok || reply.failure.kind === 'not-found') return refused;
  return reply.failure.kind === 'forbidden' ? { kind: 'signed-out' } : reply.failure;
}

function read<Schema extends v.GenericSchema>(
  { bytes, status, headers }: Reply,
  schema: Schema,
): Result<v.InferOutput<Schema>, RuntimeFailure> {
  const text = decodeUtf8(bytes);
  const parsed = text === null ? undefined : parse(text);
  if (parsed !== undefined) {
    const accepted = v.safeParse(schema, parsed);
    return accepted.success ? ok(accepted.output) : fail({ kind: 'not-understood', status });
  }
  const isLogin = text !== null && isPage(headers, text) && asksForLogin(text);
  return fail(isLogin ? { kind: 'signed-out' } : { kind: 'not-understood', status });
}

/** `)]}'` before the JSON keeps it from being run as a script; Colab's routes send it. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\)\]\}',?\r?\n?/, ''));
  } catch {
    return undefined;
  }
}
