import type { OutputFolder } from './run.ts';

/**
 * Where an output folder lies below the server's root.
 *
 * The kernel of a notebook starts in the notebook's own folder, so a relative path counts from there. An absolute path
 * can be reached only if the server's root is known and above it; JupyterLab tells the root in its page, with `~` for
 * the home folder. `..` that leaves the root makes the folder unreachable, never another one.
 */
export const locateFolder = (
  asWritten: string,
  from: 'source' | 'log' | 'user',
  notebookPath: string,
  serverRoot: string | null,
): OutputFolder => {
  const outside: OutputFolder = { kind: 'outside-server', asWritten, from };
  const slashed = asWritten.replaceAll('\\', '/');
  const relative = isAbsolute(slashed)
    ? belowRoot(slashed, serverRoot)
    : `${folderOf(notebookPath)}/${slashed}`;
  const onServer = relative === null ? null : normalise(relative);
  return onServer === null ? outside : { kind: 'known', asWritten, onServer, from, seen: false };
};

/**
 * What a folder that the user named can mean, the likelier first: a path in the server's file list, as the popup asks for
 * it, or a path as the notebook's code has it. Empty when it lies outside of the server.
 */
export const chosenFolders = (
  named: string,
  notebookPath: string,
  serverRoot: string | null,
): readonly KnownFolder[] => {
  const listed = isAbsolute(named.replaceAll('\\', '/')) ? null : normalise(named.replaceAll('\\', '/'));
  const written = locateFolder(named, 'user', notebookPath, serverRoot);
  const asListed: KnownFolder | null =
    listed === null
      ? null
      : {
          kind: 'known',
          asWritten: pathFrom(folderOf(notebookPath), listed),
          onServer: listed,
          from: 'user',
          seen: false,
        };
  return [asListed, written.kind === 'known' ? written : null].filter((folder) => folder !== null);
};

type KnownFolder = Extract<OutputFolder, { kind: 'known' }>;

/** A folder that was found on the server by its new files, as the notebook's code would write it. */
export const grownFolder = (onServer: string, notebookPath: string): KnownFolder => ({
  kind: 'known',
  asWritten: pathFrom(folderOf(notebookPath), onServer),
  onServer,
  from: 'growth',
  seen: true,
});

/** A path below the server's root as code in another folder there would write it. */
const pathFrom = (folder: string, path: string): string => {
  const here = namesOf(folder);
  const there = namesOf(path);
  const different = there.findIndex((name, index) => name !== here[index]);
  const shared = Math.min(different < 0 ? there.length : different, here.length);
  const steps = [...here.slice(shared).map(() => '..'), ...there.slice(shared)];
  return steps.length === 0 ? '.' : steps.join('/');
};

const namesOf = (path: string): readonly string[] => path.split('/').filter((name) => name !== '');

/** Path of a checkpoint as the kernel must see it, in the way the user wrote the folder. */
export const checkpointPath = (folder: string, name: string): string =>
  `${folder.replace(/[/\\]+$/, '')}/${name}`;

/** Folder part of a checkpoint path that a log line printed, `null` for a bare name. */
export const parentOf = (path: string): string | null => {
  const at = path.replaceAll('\\', '/').replace(/\/+$/, '').lastIndexOf('/');
  return at < 0 ? null : path.slice(0, Math.max(at, 1));
};

/**
 * The folder that a saved checkpoint lies in. A bare name of a file lies in the folder that the kernel runs in; a bare name of
 * anything else can be a folder or the checkpoint itself, and tells nothing.
 */
export const folderOfSaved = (path: string): string | null =>
  parentOf(path) ?? (/^[^.].*\.[A-Za-z][A-Za-z0-9]{0,11}$/.test(path) ? '.' : null);

const isAbsolute = (slashed: string): boolean => /^(?:[/~]|[A-Za-z]:\/)/.test(slashed);

const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0));

const belowRoot = (path: string, serverRoot: string | null): string | null => {
  if (serverRoot === null) return null;
  const root = serverRoot.replaceAll('\\', '/').replace(/\/+$/, '');
  if (root === '') return path;
  if (path === root) return '';
  if (path.startsWith(`${root}/`)) return path.slice(root.length + 1);
  // `~/work` is some home folder's `work`: the only unknown part is the home itself, one or two names long.
  if (root !== '~' && !root.startsWith('~/')) return null;
  const home = /^(?:~|\/root|\/(?:home|Users)\/[^/]+)(?=\/|$)/.exec(path)?.[0];
  if (home === undefined) return null;
  const rest = path.slice(home.length).replace(/^\//, '');
  const below = root.slice(2);
  if (below === '') return rest;
  return rest === below ? '' : rest.startsWith(`${below}/`) ? rest.slice(below.length + 1) : null;
};

/** Resolves `.` and `..`; `null` when it leaves the root. */
const normalise = (path: string): string | null => {
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '' || name === '.') continue;
    if (name !== '..') names.push(name);
    else if (names.pop() === undefined) return null;
  }
  return names.join('/');
};
