import * as v from 'valibot';

/** What the stand-in and its own page say to each other. Nothing of it is known of the real Colab. */

const Cell = v.looseObject({
  cell_type: v.string(),
  id: v.string(),
  source: v.union([v.string(), v.array(v.string())]),
  metadata: v.optional(v.record(v.string(), v.unknown()), {}),
  outputs: v.optional(v.array(v.record(v.string(), v.unknown()))),
  execution_count: v.optional(v.nullable(v.number())),
});

/** A notebook's file. */
export const DriveFile = v.looseObject({ cells: v.array(Cell) });
export type DriveFile = v.InferOutput<typeof DriveFile>;
export type DriveCell = DriveFile['cells'][number];

/** What the page is born with. */
export const Boot = v.object({
  name: v.string(),
  language: v.picklist(['en', 'ja', 'pt-BR']),
  text: v.picklist(['inline', 'framed']),
  insert: v.picklist(['tools', 'insertCell', 'toolbar', 'none']),
  pageObjects: v.picklist(['there', 'gone']),
  files: v.picklist(['proxy', 'tunnel', 'none']),
  outputFramesBlocked: v.boolean(),
  oldDialogTags: v.boolean(),
  kernelProtocol: v.picklist(['json', 'v1']),
  kernelSocket: v.picklist(['page', 'hidden']),
  frameDomain: v.string(),
  /** A machine is lent to this notebook already: the page joins it without being asked. */
  lent: v.boolean(),
  notebook: DriveFile,
});
export type Boot = v.InferOutput<typeof Boot>;

/** Answer to the page's wish to connect. */
export const Lending = v.variant('outcome', [
  v.object({
    outcome: v.literal('lent'),
    managedId: v.string(),
    proxyHost: v.string(),
    kernelId: v.string(),
    session: v.string(),
  }),
  v.object({ outcome: v.literal('limit') }),
]);
export type Lending = v.InferOutput<typeof Lending>;
export type LentMachine = Extract<Lending, { outcome: 'lent' }>;

/** `silent`: it is gone, and the page is not told so yet. */
export const MachineState = v.object({ state: v.picklist(['lent', 'silent', 'gone']) });
export type MachineState = v.InferOutput<typeof MachineState>;

export const TokenReply = v.object({ token: v.string() });

/** What the page does on the test's word. */
export const controlKinds = ['idle-disconnect', 'connect', 'limit', 'captcha', 'flush'] as const;
export type ControlKind = (typeof controlKinds)[number];
export const Control = v.object({ id: v.number(), kind: v.picklist(controlKinds) });
export const Ack = v.object({ id: v.number(), error: v.optional(v.string()) });

export const Click = v.object({
  target: v.union([
    v.picklist(['connect', 'dialog-ok', 'dialog-cancel', 'captcha', 'run', 'add-code']),
    v.custom<`menu-${string}`>((value) => typeof value === 'string' && /^menu-[\w-]+$/.test(value)),
  ]),
  trusted: v.boolean(),
});
