import type * as v from 'valibot';
import type { Click } from './wire.ts';

/** Who asked: the stand-in's own page, or somebody else. */
export type Asker = 'page' | 'other';

export interface RecordedRequest {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly by: Asker;
  readonly method: string;
  readonly host: string;
  /** Without the query: tokens do not belong into reports. */
  readonly path: string;
  /** A socket rather than a request. */
  readonly socket: boolean;
  readonly origin: string | null;
  /** `null` when the answer never came to an end. */
  status: number | null;
}

export type ClickTarget = v.InferOutput<typeof Click>['target'];

export interface RecordedClick {
  readonly at: number;
  readonly target: ClickTarget;
  /** False for a click that a script made up. */
  readonly trusted: boolean;
}

export interface RecordedExecution {
  readonly at: number;
  readonly by: Asker;
  readonly code: string;
  /** Not shown in the notebook and not counted by the kernel. */
  readonly silent: boolean;
}

/** Everything that was asked of the stand-in, in order, for tests of good manners. */
export interface Record {
  /** To the page's, the frames' and the proxy's hosts, but for the stand-in's own talk with its page. */
  readonly requests: RecordedRequest[];
  readonly clicks: RecordedClick[];
  readonly executions: RecordedExecution[];
}

export const newRecord = (): Record => ({ requests: [], clicks: [], executions: [] });
