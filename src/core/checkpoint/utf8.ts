/** Every JavaScript engine we run in has it; it is declared here because core is compiled without the DOM's types. */
declare const TextDecoder: new (
  label: 'utf-8',
  options: { readonly fatal: boolean },
) => { decode(bytes: Uint8Array): string };

/** The text of these bytes, or `null` when they are not UTF-8 (a file cut inside a character is not). */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
