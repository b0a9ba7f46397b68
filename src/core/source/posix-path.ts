/** `os.path.join` on a POSIX machine: a part that begins with `/` starts over. */
export function joinPath(parts: readonly string[]): string {
  let path = parts[0] ?? '';
  for (const part of parts.slice(1)) {
    if (part.startsWith('/')) path = part;
    else path += path === '' || path.endsWith('/') ? part : `/${part}`;
  }
  return path;
}

/** `str(pathlib.PurePosixPath(*parts))`: no `.` parts, no double or trailing slashes, `..` kept. */
export function posixPath(parts: readonly string[]): string {
  const joined = joinPath(parts);
  const root = /^\/\/(?!\/)/.test(joined) ? '//' : joined.startsWith('/') ? '/' : '';
  const kept = joined.split('/').filter((part) => part !== '' && part !== '.');
  return root + kept.join('/') || '.';
}

/** `os.path.basename`: what follows the last slash. */
export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** `os.path.dirname`. */
export function directoryName(path: string): string {
  const head = path.slice(0, path.lastIndexOf('/') + 1);
  return /^\/+$/.test(head) ? head : head.replace(/\/+$/, '');
}
