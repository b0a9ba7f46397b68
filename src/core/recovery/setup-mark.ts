/**
 * What a person should know of a setup cell before it is run again on a new machine.
 *
 * - `installs`: it fetches packages, which takes minutes.
 * - `asks`: it stops and waits for a person: the consent to Google Drive, a login, a typed answer.
 */
export type SetupMark = 'installs' | 'asks';

const ASKS =
  /\bdrive\s*\.\s*mount\s*\(|\b(?:notebook_login|interpreter_login|getpass|input)\s*\(|\bauth\s*\.\s*authenticate_user\s*\(|\bwandb\s*\.\s*login\s*\(\s*\)|\bhuggingface-cli\s+login\b|\bhf\s+auth\s+login\b/;
const INSTALLS =
  /(?:^|[!%\s;&|])(?:uv\s+)?(?:pip3?|conda|mamba|micromamba)\s+install\b|\bapt(?:-get)?\s+(?:-\S+\s+)*install\b|\bpoetry\s+install\b|\buv\s+(?:sync|add)\b/m;

/** @param source A cell's source; its first 16 KiB tell. `null`: nothing is known of it. */
export const setupMark = (source: string): SetupMark | null => {
  const code = source
    .slice(0, MOST_READ)
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .join('\n');
  if (ASKS.test(code)) return 'asks';
  return INSTALLS.test(code) ? 'installs' : null;
};

const MOST_READ = 16 * 1024;
