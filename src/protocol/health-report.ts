import * as v from 'valibot';
import type { HealthView } from './popup-view.ts';

const word = v.pipe(v.string(), v.maxLength(60), v.regex(/^[\w .:()[\]#/+-]*$/));

/** Which way one power takes on a page, and why others are not taken. Identifiers only: nothing of the notebook is in it. */
export const powerRouteSchema = v.object({
  power: word,
  route: v.nullable(word),
  tried: v.pipe(v.array(v.object({ route: word, why: word })), v.maxLength(10), v.readonly()),
});
export type PowerRoute = v.InferOutput<typeof powerRouteSchema>;

/** What the health page shows and what is copied from it: no notebook content, no addresses, no tokens. */
export interface HealthReport {
  readonly site: 'colab' | 'this-computer' | 'other';
  readonly platform: string | null;
  readonly application: 'working' | 'absent' | 'waiting';
  readonly kernelTap: 'reading' | 'standing-by' | 'idle';
  readonly connection: string;
  readonly files: HealthView['files'];
  readonly filesRoute: string | null;
  readonly powers: readonly PowerRoute[];
  readonly extensionVersion: string;
}
