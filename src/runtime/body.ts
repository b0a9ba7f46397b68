/** Reads at most `maxBytes` of a body and lets go of the rest. Throws as the body's stream does when the line breaks. */
export async function readBody(
  body: Response['body'],
  maxBytes: number,
  heard: () => void,
): Promise<{ readonly bytes: Uint8Array; readonly cut: boolean }> {
  if (body === null) return { bytes: new Uint8Array(0), cut: false };
  const reader = body.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  // Not `for await`: streams can be iterated over since Chrome 124 only.
  while (length <= maxBytes) {
    const { done, value } = await reader.read();
    if (done) return { bytes: joined(parts, length), cut: false };
    heard();
    parts.push(value);
    length += value.length;
  }
  await reader.cancel().catch(() => undefined);
  return { bytes: joined(parts, maxBytes), cut: true };
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    const fitting = part.subarray(0, length - at);
    whole.set(fitting, at);
    at += fitting.length;
  }
  return whole;
}
