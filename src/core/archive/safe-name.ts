import { encodeUtf8 } from './encode-utf8.ts';
import { collisionKey, markedSegment, safeSegment } from './safe-segment.ts';

/** macOS opens no longer path; a hostile server can send megabytes. */
const MAX_PATH_BYTES = 1000;

/**
 * Paths as a server names them, made names inside one folder of an archive, in the same order. Whatever they hold, none
 * leaves the folder, and no two are the same file on a system that does not tell case or accents apart.
 *
 * A harmless path stays as it is. Where two collide the one that sorts first keeps its name and the other gets a number,
 * `model (2).pt`: the same set of paths gives the same names, in whatever order it came. The same path twice is two files.
 */
export function safeNames(folder: string, paths: readonly string[]): readonly string[] {
  const root = newFolder();
  for (const [index, path] of paths.entries()) place(root, path, index);
  const names: string[] = Array.from({ length: paths.length }, () => '');
  nameChildren(root, safeSegment(folder), names);
  return names;
}

interface Folder {
  readonly folders: Map<string, Folder>;
  /** Each path that ends here, its last segment, and where in the list it stands. */
  readonly files: { readonly path: string; readonly segment: string; readonly index: number }[];
}

const newFolder = (): Folder => ({ folders: new Map(), files: [] });

function place(root: Folder, path: string, index: number): void {
  const segments = endThatFits(path.split('/').filter((segment) => segment !== '' && segment !== '.'));
  let folder = root;
  for (const segment of segments.slice(0, -1)) {
    const next = folder.folders.get(segment) ?? newFolder();
    folder.folders.set(segment, next);
    folder = next;
  }
  folder.files.push({ path, segment: segments.at(-1) ?? '', index });
}

/** A path that is too long loses its outer folders. */
function endThatFits(segments: readonly string[]): readonly string[] {
  let bytes = 0;
  const first = segments.findLastIndex((segment) => {
    bytes += encodeUtf8(safeSegment(segment)).length + 1;
    return bytes > MAX_PATH_BYTES;
  });
  return segments.slice(first + 1);
}

interface Child {
  readonly segment: string;
  readonly safe: string;
  /** Empty for a folder. */
  readonly path: string;
  readonly settle: (name: string) => void;
}

function nameChildren({ folders, files }: Folder, at: string, names: string[]): void {
  const inside = [...folders].map(([segment, folder]): Child => ({
    segment,
    safe: safeSegment(segment),
    path: '',
    settle: (name) => nameChildren(folder, `${at}/${name}`, names),
  }));
  const ending = files.map(({ path, segment, index }): Child => ({
    segment,
    safe: safeSegment(segment),
    path,
    settle: (name) => {
      names[index] = `${at}/${name}`;
    },
  }));
  settleAll([...inside, ...ending].sort(harmlessFirst));
}

/** Harmless names come first, so that no hostile one takes theirs; then code unit by code unit, folders before files. */
const harmlessFirst = (a: Child, b: Child): number =>
  Number(a.segment !== a.safe) - Number(b.segment !== b.safe) ||
  byCodeUnits(a.segment, b.segment) ||
  byCodeUnits(a.path, b.path);

const byCodeUnits = (a: string, b: string): number => Number(a > b) - Number(a < b);

/** Numbers are given last: a name that has one of its own keeps it. */
function settleAll(children: readonly Child[]): void {
  const taken = new Set<string>();
  const numbered: Child[] = [];
  for (const child of children) {
    const key = collisionKey(child.safe);
    if (taken.has(key)) numbered.push(child);
    else child.settle(child.safe);
    taken.add(key);
  }
  const counts = new Map<string, number>();
  for (const { safe, settle } of numbered) {
    const free = freeSegment(safe, taken, counts);
    taken.add(collisionKey(free));
    settle(free);
  }
}

/** `counts` keeps the last number tried for a name, so that thousands of the same cost no more than one each. */
function freeSegment(segment: string, taken: ReadonlySet<string>, counts: Map<string, number>): string {
  const key = collisionKey(segment);
  for (let count = (counts.get(key) ?? 1) + 1; ; count += 1) {
    const marked = markedSegment(segment, ` (${count})`);
    if (taken.has(collisionKey(marked))) continue;
    counts.set(key, count);
    return marked;
  }
}
