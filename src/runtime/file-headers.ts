/** The body's length, where it is that of the file: a packed body has another. */
export function contentLength(headers: Headers): number | null {
  const length = headers.get('Content-Length') ?? '';
  return /^[0-9]{1,15}$/.test(length) && !headers.has('Content-Encoding') ? Number(length) : null;
}

/** The stretch an answer says it holds, its end exclusive; `null` for any other form than `bytes 0-4/10`. */
export function contentRange(
  headers: Headers,
): { readonly from: number; readonly to: number; readonly totalBytes: number } | null {
  const match = /^bytes ([0-9]{1,15})-([0-9]{1,15})\/([0-9]{1,15})$/.exec(headers.get('Content-Range') ?? '');
  if (match === null) return null;
  return { from: Number(match[1]), to: Number(match[2]) + 1, totalBytes: Number(match[3]) };
}
