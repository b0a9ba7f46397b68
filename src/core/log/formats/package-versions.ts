import { packageVersion, TRAINING_PACKAGES, type PackageVersions } from '../../recovery/package-versions.ts';
import type { Announcement, LogFormat, Phrase } from '../log-format.ts';

/**
 * Versions of training packages, where a setup cell shows them. A quiet installation shows none, and a version alone
 * (`print(transformers.__version__)`) does not say whose it is.
 *
 * Source: pip 19 to 25 (`Successfully installed`, `Requirement already satisfied`, the columns of `pip list`), uv
 * (`+ name==version` for each that it put in), and Unsloth's banner at model loading (`unsloth/models/llama.py`; with `=` before
 * 2025). What is only wished (`Collecting …`, a requirements file that is printed) has other words.
 */
export const packageVersions: LogFormat = {
  name: 'package-versions',
  phrases: [
    { start: 'Successfully installed ', read: installed },
    { start: 'Requirement already satisfied: ', read: satisfied },
    { start: '+ ', read: putInByUv },
    { start: '==((====))==', read: banner },
    { start: 'O^O/ \\_/ \\', read: bannerTorch },
    ...[...TRAINING_PACKAGES].flatMap(listed),
  ],
};

const SATISFIED = /^([\w-]{1,60})[^(]{0,400}(?: \(from [^)]{0,200}\))? \(([^()\s]{1,60})\)$/;
const UV_PUT_IN = /^([\w-]{1,60})==(\S{1,60})$/;
const BANNER = /^\s{1,8}Unsloth ([\w.]{1,40}): .{0,80}Transformers ?[:=] ?([\w.+]{1,40}?)\.?(?:\s|$)/;
const BANNER_TORCH = /^\s{1,8}(?:Py)?[Tt]orch ?[:=] ?([\w.+]{1,40}?)\.?(?:\s|$)/;
/** Three numbers at least, so that it is no other figure. */
const LISTED = /^(?: {1,60}|: )(\d{1,6}\.\d{1,6}\.\S{1,50})$/;

const told = (packages: PackageVersions): Announcement | null =>
  Object.keys(packages).length === 0 ? null : { kind: 'versions', packages };

const toldBy = (match: RegExpExecArray | null): Announcement | null =>
  match === null ? null : told(packageVersion(match[1] ?? '', match[2] ?? ''));

/** `accelerate-1.2.0 unsloth_zoo-2025.1.1`: the version stands behind the last hyphen. */
function installed(names: string): Announcement | null {
  const each = names.split(' ').map((word) => {
    const hyphen = word.lastIndexOf('-');
    return hyphen < 0 ? {} : packageVersion(word.slice(0, hyphen), word.slice(hyphen + 1));
  });
  return told(Object.assign({}, ...each));
}

function satisfied(rest: string): Announcement | null {
  return toldBy(SATISFIED.exec(rest));
}

function putInByUv(rest: string): Announcement | null {
  return toldBy(UV_PUT_IN.exec(rest));
}

function banner(rest: string): Announcement | null {
  const [, unsloth = '', transformers = ''] = BANNER.exec(rest) ?? [];
  return told({ ...packageVersion('unsloth', unsloth), ...packageVersion('transformers', transformers) });
}

function bannerTorch(rest: string): Announcement | null {
  return told(packageVersion('torch', BANNER_TORCH.exec(rest)?.[1] ?? ''));
}

/** `transformers      4.44.0` as `pip list` and `print` have it, `Transformers: 4.44.0`. */
function listed(name: string): readonly Phrase[] {
  const spellings = new Set([
    name,
    name.replaceAll('-', '_'),
    `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
  ]);
  return [...spellings].map((start) => ({
    start,
    read: (rest) => told(packageVersion(name, LISTED.exec(rest)?.[1] ?? '')),
  }));
}
