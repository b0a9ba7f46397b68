import { pageCookie } from '../browser/page-cookie.ts';
import { identifyRequestsTo } from '../browser/request-identity.ts';
import { fail, type Result } from '../core/result.ts';
import { findColabServer, type FoundColabServer, type ReachedServer } from '../runtime/colab-routes.ts';
import type { RuntimeFailure } from '../runtime/failure.ts';
import type { ServerAddress } from '../runtime/server-address.ts';
import { isColab } from './colab-site.ts';
import type { Notebook } from './notebook.ts';
import { askPage } from './page-link.ts';
import { serverOf } from './server-of.ts';

export type NoServer = { readonly kind: 'no-server' };

export interface ServerDesk {
  /**
   * Asks the server behind a notebook. On Colab the page is asked first for the way to it, and a second time when the
   * server refuses, because the proof expires; elsewhere a refused question is asked again with the proof that the page
   * has. `no-server`: the page gives no way, or none of its ways answers.
   */
  ask<T>(
    notebook: Notebook,
    question: (server: ReachedServer) => Promise<Result<T, RuntimeFailure>>,
  ): Promise<Result<T, RuntimeFailure | NoServer>>;
  /**
   * The way to the server, for who asks it for a long time. `anew`: what was given out before is refused by now. `null`: the
   * page gives no way, or none of its ways answers.
   */
  reach(notebook: Notebook, anew: boolean): Promise<ReachedServer | null>;
  /** The server as far as it is known without asking anybody. */
  known(notebook: Notebook): ServerAddress | null;
  /** The route in use, where there is a choice. */
  route(id: string): FoundColabServer['route'] | null;
  /** The notebook has another machine, or none: what was known of the way to it is worthless. */
  forget(id: string): void;
}

/** Ways to servers, with what proves that we may use them; all of it in memory only. */
export const createServerDesk = (): ServerDesk => {
  const found = new Map<string, FoundColabServer>();

  const reachColab = async (notebook: Notebook): Promise<FoundColabServer | null> => {
    const known = found.get(notebook.id);
    if (known !== undefined) return known;
    const reply = await askPage(notebook, { kind: 'file-access', path: notebook.path });
    if (reply.kind !== 'file-access') return null;
    const server = await findColabServer(notebook.origin, reply);
    if (!server.ok) return null;
    found.set(notebook.id, server.value);
    return server.value;
  };

  const askColab: ServerDesk['ask'] = async (notebook, question) => {
    const hadProof = found.has(notebook.id);
    const server = await reachColab(notebook);
    if (server === null) return fail({ kind: 'no-server' });
    const answer = await question(server);
    if (answer.ok || !isRefusal(answer.failure)) return answer;
    found.delete(notebook.id);
    const again = hadProof ? await reachColab(notebook) : null;
    return again === null ? answer : question(again);
  };

  /** What a server behind a hub wants to see even of who only reads; see `xsrfOf`. By its address. */
  const proofs = new Map<string, string>();

  return {
    async ask(notebook, question) {
      if (isColab(notebook.origin)) return askColab(notebook, question);
      const address = serverOf(notebook);
      if (address === null) return fail({ kind: 'no-server' });
      await identifyRequestsTo(address.origin);
      const key = address.origin + address.basePath;
      const known = proofs.get(key) ?? null;
      const answer = await question({ address, access: accessBy(known) });
      if (answer.ok || !isRefusal(answer.failure)) return answer;
      const xsrf = await xsrfOf(notebook);
      if (xsrf === null || xsrf === known) return answer;
      proofs.set(key, xsrf);
      return question({ address, access: accessBy(xsrf) });
    },
    async reach(notebook, anew) {
      if (anew) found.delete(notebook.id);
      if (isColab(notebook.origin)) return reachColab(notebook);
      const address = serverOf(notebook);
      if (address === null) return null;
      await identifyRequestsTo(address.origin);
      return { address, access: accessBy(await xsrfOf(notebook)) };
    },
    known: (notebook) =>
      isColab(notebook.origin) ? (found.get(notebook.id)?.address ?? null) : serverOf(notebook),
    route: (id) => found.get(id)?.route ?? null,
    forget: (id) => void found.delete(id),
  };
};

const isRefusal = ({ kind }: RuntimeFailure): boolean =>
  kind === 'signed-out' || kind === 'forbidden' || kind === 'cross-site';

/**
 * What jupyter_server wants to see of its own pages before it changes anything for a login by cookie, and JupyterHub (4.1
 * and later) also before it shows anything: 403 without it (seen in 6.1.1).
 */
const xsrfOf = async ({ present, tabId }: Notebook): Promise<string | null> =>
  present && tabId !== null ? pageCookie(tabId, '_xsrf') : null;

const accessBy = (xsrf: string | null): ReachedServer['access'] =>
  xsrf === null ? {} : { proof: { 'X-XSRFToken': xsrf } };
