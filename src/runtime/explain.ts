import type { RuntimeFailure } from './failure.ts';

/**
 * A 403 that is not about the file: jupyter_server took the request for one from another site. Seen from 1.16 to 2.21:
 * `'_xsrf' argument missing from POST`, `XSRF cookie does not match POST argument`, `Blocking request from unknown origin`,
 * `Blocking Cross Origin request from …`.
 */
export const explainRefusal = (status: number, text: string): RuntimeFailure | null =>
  status === 403 && /_?xsrf|unknown origin|cross origin/i.test(text) ? { kind: 'cross-site' } : null;

/**
 * What an unsuccessful change to the contents means, by the text that jupyter_server (1.16 to 2.21) puts into its 500s and
 * 400s: `Unexpected error while saving file: a.pt [Errno 28] No space left on device`, `send2trash failed: [Errno 28] …`.
 * The numbers are those of the machine that writes: Linux, macOS where it has its own, Windows.
 */
export function explainChange(status: number, text: string): RuntimeFailure | null {
  const refusal = explainRefusal(status, text);
  if (refusal !== null) return refusal;
  // What it says to a request from another site, unlike to a path that is not there: that it names.
  if (status === 404) return /"message": ?"Not Found"/.test(text) ? { kind: 'cross-site' } : null;
  if (status === 400 && text === '') return { kind: 'too-large' };
  if (status === 400 && text.includes('Cannot ')) return { kind: 'forbidden' };
  if (status === 400 && text.includes('Not a directory')) return { kind: 'conflict' };
  return status === 400 || status === 500 ? failureOfErrno(text) : null;
}

function failureOfErrno(text: string): RuntimeFailure | null {
  switch (/\[((?:Errno|WinError) [0-9]+)\]/.exec(text)?.[1] ?? '') {
    case 'Errno 28': // No space left on device
    case 'Errno 69': // Disk quota exceeded (macOS)
    case 'Errno 122': // Disk quota exceeded
    case 'WinError 112':
      return { kind: 'disk-full' };
    case 'Errno 27': // File too large
      return { kind: 'too-large' };
    case 'Errno 20': // Not a directory
      return { kind: 'conflict' };
    case 'Errno 30': // Read-only file system
      return { kind: 'forbidden' };
    case 'Errno 2': // No such file or directory, unless it is the server's own backup of the file that is missing
      return text.includes(' -> ') ? null : { kind: 'not-found' };
    default:
      return null;
  }
}
