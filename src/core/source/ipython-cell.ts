import { lineEnd, logicalLines, type LogicalLine } from './logical-lines.ts';

/** A `!shell` or `%magic` line of a cell, from its `!` or `%` to the end of the logical line. */
export interface CommandLine {
  readonly from: number;
  readonly to: number;
}

/** A file that a cell writes when it runs: `%%writefile train.py`. */
export interface WrittenFile {
  readonly path: string;
  readonly source: string;
}

/** A code cell taken apart: what in it is Python of this notebook, and what is not. */
export interface IpythonCell {
  /** `other`: the body is another language (`%%html`), or is not run in this kernel. */
  readonly kind: 'python' | 'shell' | 'file' | 'other';
  /** Where the body begins: after the lines of cell magics. */
  readonly bodyFrom: number;
  /** As long as the source, each offset the same, everything that is not Python replaced. */
  readonly python: string;
  readonly commands: readonly CommandLine[];
  readonly writtenFile: WrittenFile | null;
}

/** Cell magics after which the rest still runs as Python in this kernel (IPython 9, and common extensions). */
const pythonMagics = new Set([
  'time', 'timeit', 'capture', 'prun', 'debug', 'memit', 'mprun', 'lprun', 'snakeviz', 'pyinstrument', 'scalene',
  'wandb', 'notify', 'heat', 'code_wrap', 'tb',
]); // prettier-ignore
const shellMagics = new Set(['bash', 'sh', 'shell', 'zsh', '!', 'sx', 'system']);
/** Line magics whose rest is Python that runs once or more; IPython does not expand `{}` or `$` in them. */
const pythonLineMagic = /^%(?:time|timeit|prun)\b(?:[ \t]+-\w\S*(?:[ \t]+\d+(?=[ \t]))?)*/;

interface CellMagic {
  readonly name: string;
  readonly rest: string;
  readonly to: number;
}

/** Takes a code cell apart. Offsets are kept; never throws, whatever the text. */
export function readIpythonCell(source: string): IpythonCell {
  let bodyFrom = 0;
  for (;;) {
    const magic = cellMagicAt(source, bodyFrom);
    if (magic === null) return pythonCell(source, bodyFrom);
    bodyFrom = Math.min(source.length, magic.to + 1);
    if (!pythonMagics.has(magic.name)) return foreignCell(source, magic, bodyFrom);
  }
}

/** IPython wants the cell magic first; comments before it (Colab's `#@title`) are let through here. */
function cellMagicAt(source: string, from: number): CellMagic | null {
  const before = /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]*/.exec(source.slice(from));
  const at = from + (before?.[0].length ?? 0);
  if (!source.startsWith('%%', at)) return null;
  const to = lineEnd(source, at);
  const parts = /^(\S+)[ \t]*(.*)$/.exec(source.slice(at + 2, to).trimEnd());
  return parts === null ? null : { name: parts[1] ?? '', rest: parts[2] ?? '', to };
}

function foreignCell(source: string, magic: CellMagic, bodyFrom: number): IpythonCell {
  const python = blank(source);
  const body = source.slice(bodyFrom);
  if (magic.name === 'writefile' || magic.name === 'file') {
    const path = magic.rest.replace(/^(?:-a|--append)\s+/, '').replace(/^(['"])(.*)\1$/, '$2');
    const appended = path !== magic.rest && /^(?:-a|--append)\s/.test(magic.rest);
    const writtenFile = appended || path === '' ? null : { path, source: body };
    return { kind: 'file', bodyFrom, python, commands: [], writtenFile };
  }
  const shell = shellMagics.has(magic.name) || (magic.name === 'script' && /^(?:ba|z)?sh\b/.test(magic.rest));
  return { kind: shell ? 'shell' : 'other', bodyFrom, python, commands: [], writtenFile: null };
}

function pythonCell(source: string, bodyFrom: number): IpythonCell {
  const pieces: string[] = [blank(source.slice(0, bodyFrom))];
  const commands: CommandLine[] = [];
  let done = bodyFrom;
  for (const line of logicalLines(source, bodyFrom)) {
    if (line.kind === 'python') continue;
    if (line.kind !== 'help' && source[line.from] !== '?') commands.push({ from: line.from, to: line.to });
    pieces.push(source.slice(done, line.from), standIn(source, line));
    done = line.to;
  }
  pieces.push(source.slice(done));
  return { kind: 'python', bodyFrom, python: pieces.join(''), commands, writtenFile: null };
}

/** What stands for a line of IPython syntax in the Python text: a statement of the same length. */
function standIn(source: string, line: LogicalLine): string {
  const text = source.slice(line.from, line.to);
  const magic = line.kind === 'command' ? pythonLineMagic.exec(text) : null;
  if (magic !== null) return `if 1:${' '.repeat(magic[0].length - 5)}${text.slice(magic[0].length)}`;
  return `_${blank(text).slice(1)}`;
}

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');
