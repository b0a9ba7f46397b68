import type { Pointed } from '../core/checkpoint/judge.ts';
import type { FoundCheckpoint, Pointer } from '../core/checkpoint/layouts/layout.ts';
import type { FolderListing, ListedFile } from '../core/checkpoint/listing.ts';
import { isSameFile } from '../core/checkpoint/settled.ts';
import { decodeUtf8 } from '../core/checkpoint/utf8.ts';
import { type Result, ok } from '../core/result.ts';
import type { RuntimeFailure } from './failure.ts';
import { readRange } from './files.ts';
import type { PointerMemory } from './folder-memory.ts';
import type { LookContext } from './look-context.ts';
import { pathIn } from './path-in.ts';

/** They hold a name or a few; a longer one is something else. */
const MOST_BYTES = 64 * 1024;

/**
 * Reads the texts that name the newest finished checkpoint (`latest`, `last_checkpoint`), each one once for each time it has.
 * One that changes while it is read has its turn in the next look.
 */
export async function readPointers(
  context: Omit<LookContext, 'pointers'>,
  folder: FolderListing,
  found: readonly FoundCheckpoint[],
  known: readonly PointerMemory[],
): Promise<Result<readonly PointerMemory[], RuntimeFailure>> {
  const files = new Set(
    found.flatMap(({ candidates }) => candidates.map(({ rules }) => rules.pointer?.file)),
  );
  const pointers: PointerMemory[] = [];
  for (const entry of folder.entries) {
    if (!files.has(entry.name) || entry.kind !== 'file') continue;
    const before = known.find(({ file }) => file === entry.name);
    if (before !== undefined && before.text !== null && isSameFile(before, sizeAndTime(entry))) {
      pointers.push(before);
      continue;
    }
    const text = await readText(context, entry);
    if (!text.ok) return text;
    pointers.push({ file: entry.name, ...sizeAndTime(entry), text: text.value });
  }
  return ok(pointers);
}

const sizeAndTime = ({ sizeBytes, modifiedAt }: ListedFile) => ({ sizeBytes, modifiedAt });

async function readText(
  { server, access, path, left }: Omit<LookContext, 'pointers'>,
  { name, sizeBytes }: ListedFile,
): Promise<Result<string | null, RuntimeFailure>> {
  if (sizeBytes === null || sizeBytes === 0 || sizeBytes > MOST_BYTES || left.proofs === 0) return ok(null);
  left.proofs -= 1;
  const read = await readRange(server, pathIn(path, name), { from: 0, to: sizeBytes }, sizeBytes, access);
  if (read.ok) return ok(read.value.bytes.length === sizeBytes ? decodeUtf8(read.value.bytes) : null);
  const { kind } = read.failure;
  return kind === 'not-found' || kind === 'conflict' || kind === 'forbidden' || kind === 'too-large'
    ? ok(null)
    : read;
}

/** What was read of a pointer. */
export const pointedBy = (pointer: Pointer | null, pointers: readonly PointerMemory[]): Pointed => {
  const read = pointers.find(({ file }) => file === pointer?.file);
  if (read === undefined) return { kind: 'missing' };
  return read.text === null ? { kind: 'unread' } : { kind: 'text', text: read.text };
};
