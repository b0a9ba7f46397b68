import * as v from 'valibot';

/**
 * What became of a run, told from everything that is heard and asked. The first machine is about the line, while the run
 * is thought to go on; the second about the loss.
 *
 * ```text
 *              the browser says so
 *   connected ─────────────────────► offline ─────────────┐
 *     ▲  │ the page has no line to its kernel             │ line and network are back, or asked again
 *     │  │ any more: the server is asked                  ▼
 *     │  ├─ no answer ────────────► server-unreachable ───┼──► connected
 *     │  ├─ the kernel is there ──► notebook-disconnected ┘     (the machine lives, the run goes on)
 *     │  └─ no such kernel, or a hub says "not running" ──────► lost
 *     │  the page was closed
 *     ├──────────────────────────► page-away
 *     │  the page says that it has no runtime (Colab)
 *     └──────────────────────────► runtime-disconnected ── silence proves nothing more: connect again
 *
 *   lost, by what the kernel's own line said last, and what the server behind it is:
 *
 *     died ───────────────────────────────────► kernel-died           the server itself noticed
 *     any other ─┬─ a hub has stopped it ─────► server-stopped
 *                ├─ another `started` ────────► server-restarted ──┬─ folder there ──► disk kept
 *                │                                                 └─ folder gone ───► machine-replaced, disk empty
 *                └─ the same, or not known:
 *                     dead ───────────────────► kernel-died
 *                     restarted, another one ─► kernel-restarted
 *                     shut down ──────────────► kernel-shut-down ───┐ a moment later
 *                     not there when asked ─┬─► kernel-shut-down    ├ a hub says that it
 *                                           │   (the same server)   │ has stopped the
 *                                           └─► gone-while-away ────┘ server ──► server-stopped
 *
 *     any ── the page names another machine ──► machine-replaced ──┬─ folder there ──► disk kept (a mounted Drive)
 *                                                                  └─ folder gone ───► disk empty ── it is back as it
 *                                                                                      was (Drive mounted) ──► disk kept
 * ```
 *
 * `disk` is `unknown` until the folder was looked at after the loss, and where it holds nothing to know it by.
 */
const causes = [
  'kernel-died',
  'kernel-restarted',
  'kernel-shut-down',
  /** JupyterHub ended the user's server; the files are the hub's. */
  'server-stopped',
  'server-restarted',
  'machine-replaced',
  /** The kernel is not there any more, and why is not known. */
  'gone-while-away',
] as const;
export type LossCause = (typeof causes)[number];

const disks = ['kept', 'empty', 'unknown'] as const;
export type Disk = (typeof disks)[number];

const lines = [
  'connected',
  'offline',
  'server-unreachable',
  'notebook-disconnected',
  'runtime-disconnected',
  'page-away',
] as const;
export type Line = (typeof lines)[number];

/** As a loss is kept. One from before anybody looked at disks tells nothing of them. */
export const lossEntries = {
  cause: v.picklist(causes),
  disk: v.optional(v.picklist(disks), 'unknown'),
};

export type Diagnosis =
  | { readonly state: 'running'; readonly line: Line }
  | { readonly state: 'lost'; readonly cause: LossCause; readonly disk: Disk };

/** What the kernel's own line said last. `died`: the server found it dead; `dead`: the page says so. */
export type KernelLoss = 'died' | 'dead' | 'restarted' | 'another' | 'shut-down' | 'not-there';

/** The server that answers now, beside the one that ran the kernel. `stopped`: a hub answers in its place. */
export type ServerNow = 'same' | 'another' | 'stopped' | 'unknown';

export type Evidence =
  | { readonly kind: 'kernel-lost'; readonly said: KernelLoss; readonly server: ServerNow }
  | { readonly kind: 'another-machine' }
  /** Just after the loss a hub says that it has stopped the server: a stop ends the kernels first. */
  | { readonly kind: 'stopped-after-all' }
  /** `gone`: nothing is left of what it held. `back`: what was gone lies there as it was, with the times it had. */
  | { readonly kind: 'folder'; readonly seen: 'there' | 'gone' | 'back' }
  | { readonly kind: 'line-back' }
  | { readonly kind: 'browser-offline' }
  | { readonly kind: 'page-closed' }
  | { readonly kind: 'no-runtime' }
  /** The page has no line to the kernel; what the server said when it was asked for it. */
  | { readonly kind: 'asked'; readonly answer: 'silence' | 'kernel-there' };

/** One step of the machines above. */
export const diagnose = (before: Diagnosis, evidence: Evidence): Diagnosis => {
  switch (evidence.kind) {
    case 'kernel-lost':
      return before.state === 'lost'
        ? before
        : { state: 'lost', cause: causeOf(evidence.said, evidence.server), disk: 'unknown' };
    case 'another-machine':
      return before.state === 'lost' && before.cause === 'machine-replaced'
        ? before
        : { state: 'lost', cause: 'machine-replaced', disk: 'unknown' };
    case 'stopped-after-all':
      return before.state === 'lost' && isStopInDisguise(before.cause)
        ? { ...before, cause: 'server-stopped' }
        : before;
    case 'folder':
      return before.state === 'lost' ? afterLook(before, evidence.seen) : before;
    case 'line-back':
      return onLine(before, 'connected');
    case 'browser-offline':
      return onLine(before, 'offline');
    case 'page-closed':
      return onLine(before, 'page-away');
    case 'no-runtime':
      return onLine(before, 'runtime-disconnected');
    case 'asked':
      return afterAnswer(before, evidence.answer);
    default:
      return evidence satisfies never;
  }
};

const onLine = (before: Diagnosis, line: Line): Diagnosis =>
  before.state === 'lost' || before.line === line ? before : { state: 'running', line };

const afterAnswer = (before: Diagnosis, answer: 'silence' | 'kernel-there'): Diagnosis => {
  if (answer === 'kernel-there') return onLine(before, 'notebook-disconnected');
  // That the page has no runtime says more than silence does.
  return before.state === 'running' && before.line === 'runtime-disconnected'
    ? before
    : onLine(before, 'server-unreachable');
};

const causeOf = (said: KernelLoss, server: ServerNow): LossCause => {
  if (said === 'died') return 'kernel-died';
  if (server === 'stopped') return 'server-stopped';
  if (server === 'another') return 'server-restarted';
  switch (said) {
    case 'dead':
      return 'kernel-died';
    case 'restarted':
    case 'another':
      return 'kernel-restarted';
    case 'shut-down':
      return 'kernel-shut-down';
    case 'not-there':
      return server === 'same' ? 'kernel-shut-down' : 'gone-while-away';
    default:
      return said satisfies never;
  }
};

type Lost = Extract<Diagnosis, { state: 'lost' }>;

/** The first look after a loss decides; then only what comes back as it was changes anything. */
const afterLook = (before: Lost, seen: 'there' | 'gone' | 'back'): Lost => {
  if (before.disk === 'unknown' && seen !== 'gone') return { ...before, disk: 'kept' };
  if (before.disk === 'empty' && seen === 'back') return { ...before, disk: 'kept' };
  if (before.disk !== 'unknown' || seen !== 'gone') return before;
  // A server that was only started again still has its folders.
  return { ...before, disk: 'empty', cause: isServerAnew(before) ? 'machine-replaced' : before.cause };
};

/** How the kernel of a server goes that is being stopped, where the hub could not be asked at that moment. */
const isStopInDisguise = (cause: LossCause): boolean =>
  cause === 'kernel-shut-down' || cause === 'gone-while-away';

const isServerAnew = ({ cause }: Lost): boolean => cause === 'server-restarted';

/** Whether the checkpoints went with the machine as far as anybody knows, so that copies from elsewhere are wanted. */
export const isDiskNew = ({ cause, disk }: Pick<Lost, 'cause' | 'disk'>): boolean =>
  disk === 'empty' || (cause === 'machine-replaced' && disk === 'unknown');

/** Whether it is a question at all if the disk outlived the loss. */
export const isDiskInDoubt = (cause: LossCause): boolean => {
  switch (cause) {
    case 'server-stopped':
    case 'server-restarted':
    case 'machine-replaced':
      return true;
    case 'kernel-died':
    case 'kernel-restarted':
    case 'kernel-shut-down':
    case 'gone-while-away':
      return false;
    default:
      return cause satisfies never;
  }
};
