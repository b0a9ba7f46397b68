import * as v from 'valibot';
import { packageVersionsSchema } from '../core/recovery/package-versions.ts';

/** Longest cell source that is sent out of the page; a longer one is cut, which only costs the advice read from it. */
export const MAX_SOURCE_LENGTH = 64 * 1024;
const path = v.pipe(v.string(), v.maxLength(4096));
const id = v.pipe(v.string(), v.maxLength(256));
const time = v.pipe(v.number(), v.finite());
const count = v.nullable(v.pipe(v.number(), v.finite()));
const source = v.pipe(v.string(), v.maxLength(MAX_SOURCE_LENGTH));

export const logEventSchema = v.object({
  kind: v.picklist([
    'saved',
    'deleted',
    'best',
    'loaded',
    'resumed',
    'train_start',
    'train_end',
    'progress',
    'versions',
  ]),
  path: v.nullable(path),
  pathInContext: v.exactOptional(path),
  step: count,
  epoch: count,
  total: count,
  line: v.number(),
  loss: v.exactOptional(v.number()),
  stepsPerSecond: v.exactOptional(v.number()),
  packages: v.exactOptional(packageVersionsSchema),
  skipping: v.exactOptional(v.object({ done: v.number(), total: v.number() })),
});

export const tableSightingSchema = v.object({
  /** True step, already shifted from the number on the page. */
  step: v.number(),
  total: v.number(),
  stepsPerSecond: count,
  epoch: count,
  loss: count,
  losses: v.optional(
    v.pipe(
      v.array(v.object({ of: v.picklist(['loss', 'evalLoss']), step: v.number(), value: v.number() })),
      v.maxLength(2),
      v.readonly(),
    ),
    [],
  ),
});

/** Everything a notebook page tells the extension. The page is hostile: nothing in here is trusted further than its shape. */
export const pageEventSchema = v.variant('kind', [
  v.object({
    kind: v.literal('page'),
    /** Path prefix of the Jupyter server, starts and ends with `/`. */
    baseUrl: path,
    /** The server's root folder as its own page tells it, `null` where it does not. */
    serverRoot: v.nullable(path),
    platform: v.nullable(v.picklist(['jupyterlab', 'notebook7', 'colab'])),
    application: v.picklist(['working', 'absent', 'waiting']),
    /** Whether the page gives a way to put a cell into the notebook. */
    canInsert: v.boolean(),
    kernelTap: v.picklist(['reading', 'standing-by', 'idle']),
  }),
  v.object({
    kind: v.literal('notebooks'),
    notebooks: v.pipe(
      v.array(
        v.object({
          path,
          /** What people call it, where that is not the end of its path. */
          name: v.exactOptional(v.pipe(v.string(), v.maxLength(1000))),
          current: v.boolean(),
          kernelId: v.nullable(id),
        }),
      ),
      v.maxLength(100),
    ),
  }),
  v.object({
    /** The machine behind a notebook, on sites that lend them (Colab). */
    kind: v.literal('machine'),
    path,
    machineId: v.nullable(v.pipe(v.string(), v.maxLength(512))),
    /** Whether the page says that it is connected; `null` where it cannot be told. */
    connected: v.nullable(v.boolean()),
    /** The page asks for a person: a captcha lies over it. */
    asks: v.boolean(),
    at: time,
  }),
  v.object({
    kind: v.literal('kernel'),
    /** `null` where only the kernel's socket is seen: the server's sessions tell which notebook it belongs to. */
    path: v.nullable(path),
    kernelId: v.nullable(id),
    sighting: v.picklist([
      'starting',
      'idle',
      'busy',
      'restarting',
      'autorestarting',
      'dead',
      'terminating',
      'connecting',
      'disconnected',
      'connected',
      // The main shell answered a question: no cell is running.
      'answers',
    ]),
    at: time,
  }),
  v.object({
    kind: v.literal('execution-started'),
    path: v.nullable(path),
    kernelId: id,
    executionId: id,
    cellId: v.nullable(id),
    source,
    at: time,
  }),
  v.object({
    kind: v.literal('execution-ended'),
    path: v.nullable(path),
    kernelId: id,
    executionId: id,
    cellId: v.nullable(id),
    /** `null`: it ended well. An empty name: it failed, and the page does not tell how. */
    error: v.nullable(
      v.object({
        name: v.pipe(v.string(), v.maxLength(200)),
        message: v.pipe(v.string(), v.maxLength(2000)),
      }),
    ),
    at: time,
  }),
  v.object({
    kind: v.literal('output'),
    path: v.nullable(path),
    kernelId: id,
    executionId: id,
    cellId: v.nullable(id),
    events: v.pipe(v.array(logEventSchema), v.maxLength(200)),
    table: v.nullable(tableSightingSchema),
    at: time,
  }),
]);

export type PageEvent = v.InferOutput<typeof pageEventSchema>;
export type TableSighting = v.InferOutput<typeof tableSightingSchema>;

export const pageBatchSchema = v.pipe(v.array(pageEventSchema), v.maxLength(500));
