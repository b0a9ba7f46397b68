import type { RuntimeFailure } from './failure.ts';

/**
 * A 403 that is not about the file: jupyter_server took the request for one from another site. Seen from 1.16 to 2.21:
 * `'_xsrf' argument missing from POST`, `XSRF cookie does not match POST argument`, `Blocking request from unknown origin`,
 * `Blocking Cross Origin request from …`.
 */
export const explainRefusal = (status: number, text: string): RuntimeFailure | null =>
  status === 403 && /_?xsrf|unknown origin|cross origin/i.test(text) ? { kind: 'cross-site' } : null;
