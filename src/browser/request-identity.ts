import type { DeclarativeNetRequest } from 'webextension-polyfill';
import { type Result, fail, ok } from '../core/result.ts';
import { browser } from './browser.ts';

export type IdentityFailure =
  { readonly kind: 'bad-origin' } | { readonly kind: 'refused'; readonly message: string };

/**
 * From now on, until the browser closes, our own requests and sockets to this one origin carry its `Origin` and `Referer`.
 *
 * jupyter_server (2.21, `JupyterHandler.check_xsrf_cookie`) answers 403 on `/files/…` and 404 on `PUT` to a request that is
 * logged in by cookie only and comes from another origin, which ours is. The rules concern this extension alone;
 * a page's own requests, and those of other extensions, stay as they are. Asking again changes nothing.
 *
 * @param origin Scheme, host and port, for example `http://localhost:8888`. The extension needs host access to it.
 */
export async function identifyRequestsTo(origin: string): Promise<Result<void, IdentityFailure>> {
  const rules = rulesFor(origin);
  if (rules === null) return fail({ kind: 'bad-origin' });
  return update({ removeRuleIds: rules.map(({ id }) => id), addRules: rules });
}

async function update(
  change: DeclarativeNetRequest.UpdateSessionRulesOptionsType,
): Promise<Result<void, IdentityFailure>> {
  try {
    await browser.declarativeNetRequest.updateSessionRules(change);
    return ok(undefined);
  } catch (error) {
    return fail({ kind: 'refused', message: error instanceof Error ? error.message : String(error) });
  }
}

/** One for what is fetched, one for sockets: a socket's address has a scheme of its own, and its Origin is the page's. */
function rulesFor(origin: string): DeclarativeNetRequest.Rule[] | null {
  // `*`, `^` and `|` have a meaning in a filter; a host may hold the first.
  if (!isHttpOrigin(origin) || /[*^|]/.test(origin)) return null;
  return [
    ruleFor(origin, origin, 'xmlhttprequest'),
    ruleFor(origin.replace('http', 'ws'), origin, 'websocket'),
  ];
}

const ruleFor = (
  address: string,
  origin: string,
  type: DeclarativeNetRequest.ResourceType,
): DeclarativeNetRequest.Rule => ({
  id: ruleIdFor(address),
  condition: { urlFilter: `|${address}/`, initiatorDomains: [ownHost()], resourceTypes: [type] },
  action: {
    type: 'modifyHeaders',
    requestHeaders: [
      { header: 'Origin', operation: 'set', value: origin },
      { header: 'Referer', operation: 'set', value: `${origin}/` },
    ],
  },
});

function isHttpOrigin(origin: string): boolean {
  try {
    const url = new URL(origin);
    return url.origin === origin && (url.protocol === 'http:' || url.protocol === 'https:');
  } catch {
    return false;
  }
}

/** The extension's id in Chromium; in Firefox the host of its own origin, which is not its id. */
const ownHost = (): string => new URL(browser.runtime.getURL('')).host;

/** The same number for the same origin, so that a rule finds itself again without anything being stored (FNV-1a, 30 bits). */
function ruleIdFor(origin: string): number {
  let hash = 0x811c9dc5;
  for (const character of origin) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return (hash >>> 2) + 1;
}
