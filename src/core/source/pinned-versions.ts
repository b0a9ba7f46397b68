import { packageVersion, type PackageVersions } from '../recovery/package-versions.ts';
import type { CellSource } from './training-source.ts';

const INSTALLS = /^[^#]*\b(?:pip3?|uv|conda)\b.*\binstall\b/;
const PIN = /(?:^|[\s"'])([A-Za-z][\w-]{1,40})(?:\[[\w,]{0,60}\])?==([\w.+]{1,40})/g;
/** A longer line is data; the source may be hostile. */
const LONGEST_LINE = 3000;
const LONGEST_CELL = 100_000;

/** Versions of packages that a notebook's own installation lines ask for; the last line counts. */
export function pinnedVersions(cells: readonly CellSource[]): PackageVersions {
  const found: Record<string, string> = {};
  for (const { source } of cells) {
    const lines = source.slice(0, LONGEST_CELL).replaceAll('\\\n', ' ').split('\n');
    for (const line of lines.filter(({ length }) => length <= LONGEST_LINE)) {
      if (!INSTALLS.test(line)) continue;
      for (const [, name = '', version = ''] of line.matchAll(PIN))
        Object.assign(found, packageVersion(name, version));
    }
  }
  return found;
}
