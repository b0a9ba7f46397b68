import type { ColabOptions } from './options.ts';
import type { Story } from '../notebooks/lora-story.ts';

type Insert = NonNullable<ColabOptions['insert']>;
type Files = NonNullable<ColabOptions['files']>;

/** How the text of a training cell comes to the extension. */
export type TextRoute = 'heard on the socket' | 'read in the page' | 'read in a frame';

/** One way in which Colab's page may be, for one user on one day. */
export interface MatrixRow {
  readonly text: TextRoute;
  readonly insert: Insert;
  readonly files: Files;
  /** How the Trainer shows its progress. */
  readonly progress: NonNullable<Story['progress']>;
  /** Run at every change; the other rows take long and are run on demand. */
  readonly everyday: boolean;
  /** The remaining switches, each value in some row. */
  readonly also: Switches;
}

type Switches = Partial<
  Pick<
    ColabOptions,
    | 'kernelProtocol'
    | 'language'
    | 'oldDialogTags'
    | 'outputFramesBlocked'
    | 'reconnectsTo'
    | 'serverVersion'
    | 'text'
    | 'theme'
    | 'xssiPrefix'
  >
>;

const row = (
  text: TextRoute,
  insert: Insert,
  files: Files,
  also: Switches = {},
  progress: MatrixRow['progress'] = text === 'read in the page' ? 'bar' : 'table',
): MatrixRow => ({ text, insert, files, also, progress, everyday: false });

const everyday = (each: MatrixRow): MatrixRow => ({ ...each, everyday: true });

/**
 * Every pair of a text route, an insert route and a files route, and every value of the other switches at least once.
 */
export const matrix: readonly MatrixRow[] = [
  everyday(row('heard on the socket', 'tools', 'proxy', { serverVersion: '2.14.0' })),
  row('read in the page', 'tools', 'tunnel', { language: 'ja' }),
  row('read in a frame', 'tools', 'none'),
  row('read in the page', 'insertCell', 'proxy', { theme: 'dark', xssiPrefix: true }),
  everyday(row('read in a frame', 'insertCell', 'tunnel', { oldDialogTags: true })),
  row('heard on the socket', 'insertCell', 'none', { kernelProtocol: 'v1' }, 'bar'),
  row('read in a frame', 'toolbar', 'proxy', { language: 'pt-BR', reconnectsTo: 'new' }),
  row('heard on the socket', 'toolbar', 'tunnel', { kernelProtocol: 'v1', outputFramesBlocked: true }),
  row('read in the page', 'toolbar', 'none', {}, 'none'),
  row('heard on the socket', 'none', 'proxy', { text: 'framed' }, 'none'),
  row('read in the page', 'none', 'tunnel'),
  row('read in a frame', 'none', 'none'),
];

/** The stand-in's switches for a row. */
export const optionsOf = ({ text, insert, files, also }: MatrixRow): Partial<ColabOptions> => ({
  insert,
  files,
  kernelSocket: text === 'heard on the socket' ? 'page' : 'hidden',
  text: text === 'read in a frame' ? 'framed' : 'inline',
  ...also,
});

export const nameOf = ({ text, insert, files, progress, also }: MatrixRow): string =>
  [
    `text ${text}`,
    `insert by ${insert}`,
    `files by ${files}`,
    `progress as ${progress}`,
    ...Object.entries(also).map(([name, value]) => `${name} ${String(value)}`),
  ].join(', ');
