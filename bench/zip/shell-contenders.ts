import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fileUrl, type Contender, type Course } from './contender.ts';

const execute = promisify(execFile);

/** Runs a program and answers how long it took. */
export const timed = async (program: string, args: readonly string[], cwd: string): Promise<number> => {
  const from = performance.now();
  await execute(program, [...args], { cwd });
  return (performance.now() - from) / 1000;
};

const withToken = ({ token }: Course): string[] => ['-sSf', '-H', `Authorization: token ${token}`];

/** All files by one curl, which keeps its connection. */
const filesByCurl = (course: Course): string[] => [
  ...withToken(course),
  ...course.checkpoint.files.flatMap((file) => [
    '-o',
    `${course.checkpoint.name}/${file}`,
    fileUrl(course, file),
  ]),
];

/** The plain line: nothing is checked and nothing packed. */
export const curl: Contender = {
  name: 'curl',
  run: async (course) => {
    await mkdir(join(course.into, course.checkpoint.name));
    return { seconds: await timed('curl', filesByCurl(course), course.into), zip: null };
  },
};

/** What people type: fetch, hash, pack without compressing. */
export const threeCommands: Contender = {
  name: 'curl + sha256sum + zip',
  run: async (course) => {
    const { name } = course.checkpoint;
    await mkdir(join(course.into, name));
    const spent = {
      curl: await timed('curl', filesByCurl(course), course.into),
      sha256sum: await timed('sh', ['-c', `sha256sum ${name}/* > sums`], course.into),
      zip: await timed('zip', ['-0', '-q', '-r', `${name}.zip`, name], course.into),
    };
    const note = Object.entries(spent).map(([step, seconds]) => `${step} ${seconds.toFixed(1)} s`);
    return {
      seconds: spent.curl + spent.sha256sum + spent.zip,
      zip: join(course.into, `${name}.zip`),
      note: note.join(', '),
    };
  },
};

/** The server packs (and deflates) while it sends. */
export const jupyterArchive: Contender = {
  name: 'jupyter-archive',
  run: async (course) => {
    const zip = join(course.into, `${course.checkpoint.name}.zip`);
    const address = `${course.url}directories/${course.path}?archiveToken=1&archiveFormat=zip`;
    return { seconds: await timed('curl', [...withToken(course), '-o', zip, address], course.into), zip };
  },
};
