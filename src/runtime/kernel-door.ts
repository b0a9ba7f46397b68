import * as v from 'valibot';
import { type Exchange, type Exchanged, exchangeHere } from '../browser/socket-exchange.ts';
import type { VisitProgram } from '../core/reach/reach-program.ts';
import { type Result, fail, ok } from '../core/result.ts';
import type { DoorFailure } from './door-failure.ts';
import type { Access } from './json-reply.ts';
import { kernelStatus, speaksPython } from './kernels.ts';
import { type ServerAddress, urlOf } from './server-address.ts';

export interface DoorOptions {
  /** How the socket is opened; here, where not said. `exchangeInTab`: in the notebook's own page. */
  readonly exchange?: Exchange;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 15_000;
const MOST_CHARACTERS = 256 * 1024;

const replySchema = v.variant('status', [
  v.object({
    status: v.literal('ok'),
    user_expressions: v.object({
      answer: v.variant('status', [
        v.object({ status: v.literal('ok'), data: v.object({ 'text/plain': v.string() }) }),
        v.object({ status: v.literal('error'), ename: v.string(), evalue: v.string() }),
      ]),
    }),
  }),
  v.object({ status: v.literal('error'), ename: v.string(), evalue: v.string() }),
  v.object({ status: v.picklist(['abort', 'aborted']) }),
]);

const messageSchema = v.object({ content: replySchema });

/**
 * Lets a kernel run a few lines of ours while its cell goes on, and gives the text of their answer. The way in is the control
 * channel, whose thread takes every request that the busy one takes (ipykernel 6 and 7): no subshell is made, so none
 * can be left behind, and output of the user's threads stays where it belongs; see docs/adr/0007-reaching-into-a-run.md.
 *
 * One request or two to the server, and one message in a socket of our own, closed with its reply. Not `kernel_info_request`:
 * IPython 9 draws a tip for its banner, with the random numbers of the user's program, and the training would go another way.
 *
 * Browsers give a socket no headers: `token` goes into its address; a login by cookie needs the notebook's page
 * (`exchangeInTab`), or in Firefox `identifyRequestsTo`.
 */
export async function visitKernel(
  server: ServerAddress,
  kernelId: string,
  program: VisitProgram,
  access: Access,
  options: DoorOptions = {},
): Promise<Result<string, DoorFailure>> {
  const known = await kernelStatus(server, kernelId, access);
  if (!known.ok) {
    const { failure } = known;
    return fail(failure.kind === 'not-found' ? { kind: 'kernel-gone' } : { kind: 'server', failure });
  }
  if (known.value.executionState === 'dead') return fail({ kind: 'kernel-gone' });
  const python = await speaksPython(server, known.value.kernelName, access);
  if (!python.ok) return fail({ kind: 'server', failure: python.failure });
  if (!python.value) return fail({ kind: 'no-door' });
  const id = crypto.randomUUID();
  const session = crypto.randomUUID();
  const url = socketUrl(server, kernelId, session, access);
  if (url === null) return fail({ kind: 'kernel-gone' });
  const exchange = options.exchange ?? exchangeHere;
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const message = messageOf(id, session, program);
  return readReply(
    await exchange({ url, message, id, timeoutMs, mostCharacters: MOST_CHARACTERS }),
    timeoutMs,
  );
}

/** An `execute_request` of Jupyter's message protocol 5.3, as it goes over a socket without a protocol of its own. */
const messageOf = (id: string, session: string, { code, expression }: VisitProgram): string =>
  JSON.stringify({
    header: {
      msg_id: id,
      msg_type: 'execute_request',
      session,
      username: 'holdfast',
      date: new Date().toISOString(),
      version: '5.3',
    },
    parent_header: {},
    metadata: {},
    content: {
      code,
      silent: true,
      store_history: false,
      user_expressions: { answer: expression },
      // As the page's own requests have it: with `false`, the cell that runs could not ask its user any more.
      allow_stdin: true,
      stop_on_error: false,
    },
    channel: 'control',
    buffers: [],
  });

function readReply(exchanged: Exchanged, timeoutMs: number): Result<string, DoorFailure> {
  switch (exchanged.kind) {
    case 'reply': {
      const message = v.safeParse(messageSchema, parse(exchanged.text));
      return message.success ? answerIn(message.output.content) : fail({ kind: 'not-understood' });
    }
    case 'timeout':
      return fail({ kind: 'timeout', afterMs: timeoutMs });
    case 'refused':
      return fail({ kind: 'no-socket' });
    case 'closed':
    case 'too-large':
      return fail({ kind: exchanged.kind });
    default:
      return exchanged satisfies never;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function answerIn(reply: v.InferOutput<typeof replySchema>): Result<string, DoorFailure> {
  switch (reply.status) {
    case 'ok': {
      const { answer } = reply.user_expressions;
      return answer.status === 'ok' ? ok(answer.data['text/plain']) : fail(raised(answer));
    }
    case 'error':
      return fail(raised(reply));
    case 'abort':
    case 'aborted':
      return fail({ kind: 'no-door' });
    default:
      return reply satisfies never;
  }
}

const raised = ({ ename, evalue }: { readonly ename: string; readonly evalue: string }): DoorFailure => ({
  kind: 'raised',
  name: ename.slice(0, 200),
  message: evalue.slice(0, 2000),
});

/** Colab's proxy takes its token from the address, too (its clients' sockets, 2026). */
const PROXY_TOKEN = 'X-Colab-Runtime-Proxy-Token';

function socketUrl(
  server: ServerAddress,
  kernelId: string,
  session: string,
  { token, proof }: Access,
): string | null {
  const proxyToken = proof?.[PROXY_TOKEN];
  const url = urlOf(server, 'api/kernels', `${kernelId}/channels`, {
    session_id: session,
    ...(token === undefined ? {} : { token }),
    ...(proxyToken === undefined ? {} : { 'colab-runtime-proxy-token': proxyToken }),
  });
  if (url === null) return null;
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}
