/**
 * The one interface behind which every notebook page stands. Implementations run in the page's own world, read and act;
 * they decide nothing. Every effect is read back before it is reported as done.
 */
export interface NotebookPlatform {
  readonly name: PlatformName;
  /** Reports notebooks, kernels and kernel messages until the signal aborts. Calls back for what is there already, too. */
  watch(listener: PlatformListener, signal: AbortSignal): void;
  /** Code cells in notebook order, or `null` when the notebook is not on this page. */
  readCells(path: string): readonly PageCell[] | null;
  /** Inserts a code cell directly above or below another one as one undoable step and reads it back. */
  insertAbove(path: string, cellId: string, source: string): Promise<InsertOutcome>;
  insertBelow(path: string, cellId: string, source: string): Promise<InsertOutcome>;
  /** Whether there is a way to insert on this page now; absent: there always is. */
  canInsert?(): boolean;
  /** Gives one of our own cells a new text, only if it still holds `expected`. */
  replaceSource(path: string, cellId: string, expected: string, source: string): Promise<InsertOutcome>;
  /** Takes a cell away again, only if it still holds `expected`. */
  remove(path: string, cellId: string, expected: string): Promise<RemoveOutcome>;
  /** Runs one cell as the user would by hand. Resolves when it is queued, not when it has ended. */
  run(path: string, cellId: string): Promise<RunOutcome>;
  /** The machine behind the notebook, on sites that lend them. */
  machine?(): Machine;
  /** How its files are reached; the token is fresh at each call. */
  fileAccess?(): Promise<FileAccess>;
  /** The cell that runs now, if it is exactly one: for sites whose requests do not name their cell. */
  runningCell?(): string | null;
  /** The cell whose output is drawn in the frame of that host. */
  cellOfFrame?(path: string, host: string): string | null;
  /** Which way each power takes, and why others do not work: told from what is there, nothing is tried. */
  routes?(): readonly PowerRoute[];
}

export type PlatformName = 'jupyterlab' | 'notebook7' | 'colab';

export interface Machine {
  /** Another id is another machine, with a disk of its own. */
  readonly id: string | null;
  /** The site's word for what it is. */
  readonly kind: string | null;
  readonly connected: boolean | null;
  /** What the page shows over the notebook, told without its words. */
  readonly notice: 'none' | 'disconnected-dialog' | 'snackbar' | 'captcha' | 'other-dialog';
}

export interface FileAccess {
  readonly proxy: { readonly url: string; readonly token: string } | null;
  readonly tunnel: { readonly endpoint: string } | null;
}

export interface PowerRoute {
  readonly power: string;
  readonly route: string | null;
  readonly tried: readonly { readonly route: string; readonly why: string }[];
}

export interface PageCell {
  readonly id: string;
  readonly source: string;
}

export type InsertOutcome =
  | { readonly kind: 'done'; readonly cellId: string }
  | {
      readonly kind: 'failed';
      readonly reason: 'cell-not-found' | 'read-only' | 'not-read-back' | 'page-error';
    };
export type RemoveOutcome =
  | { readonly kind: 'done' }
  | {
      readonly kind: 'failed';
      readonly reason: 'cell-not-found' | 'cell-was-edited' | 'read-only' | 'not-read-back' | 'page-error';
    };
export type RunOutcome =
  | { readonly kind: 'queued' }
  | { readonly kind: 'failed'; readonly reason: 'cell-not-found' | 'no-kernel' | 'page-error' };

/** A notebook as it stands on the page. */
export interface PageNotebook {
  /** Path relative to the server's root, without a leading slash. */
  readonly path: string;
  /** What people call it, where that is not the end of the path. */
  readonly name?: string;
  /** Whether it is the one in front. */
  readonly current: boolean;
  readonly kernelId: string | null;
}

/**
 * What the page knows of a kernel.
 * - `autorestarting`: the server found the process dead and starts it again; `dead`: it gave up.
 * - `restarting`: somebody asked for a restart; `terminating`: somebody asked for a shutdown.
 * - `connecting` and `disconnected` are about the page's line to the server, not about the kernel.
 */
export type KernelSighting =
  | 'starting'
  | 'idle'
  | 'busy'
  | 'restarting'
  | 'autorestarting'
  | 'dead'
  | 'terminating'
  | 'connecting'
  | 'disconnected'
  | 'connected';

export type ShownSighting =
  /** `count`: the execution count before; the same cell begins under the same count when the page is loaded anew. */
  | {
      readonly kind: 'cell-began';
      readonly cellId: string;
      readonly source: string;
      readonly count: number | null;
    }
  | {
      readonly kind: 'output';
      readonly cellId: string;
      readonly output: {
        readonly texts: readonly string[];
        readonly table: string;
        readonly error: string | null;
      };
    }
  /** `certain`: false when the kernel may have died instead. */
  | {
      readonly kind: 'cell-ended';
      readonly cellId: string;
      readonly failed: boolean;
      readonly certain: boolean;
    };

export interface PlatformListener {
  notebooks(notebooks: readonly PageNotebook[]): void;
  kernel(path: string, kernelId: string | null, sighting: KernelSighting): void;
  machine?(path: string, machine: Machine): void;
  /** What the page itself shows of a cell, on sites where nobody may hear the kernel. Content is hostile input. */
  shown?(path: string, sighting: ShownSighting): void;
  /**
   * A parsed kernel message (Jupyter messaging protocol 5), either direction. Content is hostile input. The path is
   * asked for only when a message says something: there can be thousands a second.
   */
  message(path: () => string, kernelId: string, message: unknown, direction: 'send' | 'receive'): void;
}
