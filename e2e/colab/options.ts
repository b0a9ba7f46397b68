import type { Notebook } from '../notebooks/notebook.ts';

/** What is not known of the real page, or not the same for everybody. Defaults: what more sources say. */
export interface ColabOptions {
  readonly notebook: Notebook;
  /** Of the notebook's file; the page's title holds it. */
  readonly name?: string;
  /** The last part of the notebook's address, `/drive/ID`. */
  readonly driveId?: string;
  /** Where a cell's plain text is shown. Tables, images and errors are in an output frame in any case. */
  readonly text?: 'inline' | 'framed';
  readonly language?: Language;
  readonly theme?: 'light' | 'dark';
  /** The most comfortable way to insert a cell that the page has; it has the ones after it, too. */
  readonly insert?: 'tools' | 'insertCell' | 'toolbar' | 'none';
  /** Whether the page's objects are where published projects found them, or nowhere to be found. */
  readonly pageObjects?: 'there' | 'gone';
  /** How the machine's files can be reached. The kernel is reached by the proxy in any case. */
  readonly files?: 'proxy' | 'tunnel' | 'none';
  /** The browser keeps cookies from foreign frames: no output is shown anywhere. */
  readonly outputFramesBlocked?: boolean;
  /** Dialog buttons as they were until 2024. */
  readonly oldDialogTags?: boolean;
  /** JSON answers begin with `)]}'`. */
  readonly xssiPrefix?: boolean;
  /** How long a token of the runtime proxy opens doors. An open socket stays open. */
  readonly tokenLifetimeMs?: number;
  /** Whether the kernel socket speaks JSON or the binary v1 protocol. */
  readonly kernelProtocol?: 'json' | 'v1';
  /**
   * Which window's `WebSocket` the kernel's socket is made of: the page's own, or that of an empty frame in it, where
   * a script that watches the page's does not see it. No source says which the real page takes.
   */
  readonly kernelSocket?: 'page' | 'hidden';
  /** Whether the runtime proxy opens a kernel socket for others than the page. No source says what the real one does. */
  readonly foreignSockets?: 'opened' | 'refused';
  /** The Jupyter server of the machines. Users can pin a past runtime; 2.14.0 was Colab's in December 2025. */
  readonly serverVersion?: ServerVersion;
  /** The disk that `/content` lies on has that size, on every machine; 0: as large as this computer's. See `canHaveOwnDisk`. */
  readonly diskBytes?: number;
  /** Each machine has so much memory; 0: as much as this computer. Not with `diskBytes`. See `canHaveOwnMemory`. */
  readonly memoryBytes?: number;
  /** Which machine a user gets who presses Connect while the old one still exists. */
  readonly reconnectsTo?: 'same' | 'new';
}

export type Language = 'en' | 'ja' | 'pt-BR';

export type ServerVersion = '2.20.0' | '2.14.0';

export type FullOptions = Required<ColabOptions>;

export const withDefaults = (options: ColabOptions): FullOptions => ({
  name: 'story.ipynb',
  driveId: '1holdfastStandInNotebook',
  text: 'inline',
  language: 'en',
  theme: 'light',
  insert: 'tools',
  pageObjects: 'there',
  files: 'proxy',
  outputFramesBlocked: false,
  oldDialogTags: false,
  xssiPrefix: false,
  tokenLifetimeMs: 3_600_000,
  kernelProtocol: 'json',
  kernelSocket: 'page',
  foreignSockets: 'opened',
  serverVersion: '2.20.0',
  diskBytes: 0,
  memoryBytes: 0,
  reconnectsTo: 'same',
  ...options,
});

export const pageHost = 'colab.research.google.com';
export const pageOrigin = `https://${pageHost}`;
export const frameDomain = '.googleusercontent.com';
export const proxyDomain = '.prod.colab.dev';
