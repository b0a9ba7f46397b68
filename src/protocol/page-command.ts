import * as v from 'valibot';
import { powerRouteSchema } from './health-report.ts';
import { MAX_SOURCE_LENGTH } from './page-event.ts';

const path = v.string();
const cellId = v.string();

/** What the extension asks of a notebook page. */
export const pageCommandSchema = v.variant('kind', [
  v.object({ kind: v.literal('read-cells'), path }),
  v.object({ kind: v.picklist(['insert-above', 'insert-below']), path, cellId, source: v.string() }),
  v.object({ kind: v.literal('replace-source'), path, cellId, expected: v.string(), source: v.string() }),
  v.object({ kind: v.literal('remove-cell'), path, cellId, expected: v.string() }),
  v.object({ kind: v.literal('run-cell'), path, cellId }),
  /** Where the machine behind the notebook is reached, and what proves that we may. Asked anew whenever it is refused. */
  v.object({ kind: v.literal('file-access'), path }),
  /** Which machine the notebook has. */
  v.object({ kind: v.literal('machine'), path }),
  /** Which cell's output is drawn in the frame of that host. */
  v.object({ kind: v.literal('cell-of-frame'), path, host: v.string() }),
  /** Which way each power takes on this page; nothing is tried for it. */
  v.object({ kind: v.literal('routes'), path }),
]);
export type PageCommand = v.InferOutput<typeof pageCommandSchema>;

/** What the page answers. `no-platform`: this page gives no way to do it. */
export const pageCommandReplySchema = v.variant('kind', [
  v.object({
    kind: v.literal('cells'),
    cells: v.nullable(
      v.array(v.object({ id: v.string(), source: v.pipe(v.string(), v.maxLength(MAX_SOURCE_LENGTH)) })),
    ),
  }),
  v.object({ kind: v.literal('machine'), machineId: v.nullable(v.pipe(v.string(), v.maxLength(512))) }),
  v.object({ kind: v.literal('cell'), cellId: v.nullable(v.string()) }),
  v.object({ kind: v.literal('done'), cellId: v.string() }),
  v.object({ kind: v.literal('queued') }),
  v.object({
    kind: v.literal('routes'),
    routes: v.pipe(v.array(powerRouteSchema), v.maxLength(30), v.readonly()),
  }),
  v.object({
    kind: v.literal('file-access'),
    /** Another id is another machine, with a disk of its own. */
    machineId: v.nullable(v.pipe(v.string(), v.maxLength(512))),
    proxy: v.nullable(
      v.object({
        url: v.pipe(v.string(), v.maxLength(2048)),
        token: v.pipe(v.string(), v.maxLength(8192)),
      }),
    ),
    tunnel: v.nullable(v.object({ endpoint: v.pipe(v.string(), v.maxLength(512)) })),
  }),
  v.object({
    kind: v.literal('failed'),
    reason: v.picklist([
      'cell-not-found',
      'cell-was-edited',
      'read-only',
      'not-read-back',
      'no-kernel',
      'page-error',
      'no-platform',
      'no-answer',
    ]),
  }),
]);
export type PageCommandReply = v.InferOutput<typeof pageCommandReplySchema>;
