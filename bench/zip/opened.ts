import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { venvPython } from '../../e2e/jupyter/python-environment.ts';

const execute = promisify(execFile);

/** Reads every byte and the end, as a person's tools do. */
const python = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    files = [info for info in archive.infolist() if not info.is_dir()]
    if len(files) != int(sys.argv[2]): sys.exit(f'{len(files)} files')
    sys.exit(archive.testzip())
`;

/** Whether `unzip -tq` and Python's zipfile both find all files of an archive whole; otherwise what was said. */
export const whyNotOpened = async (zip: string, files: number): Promise<string | null> => {
  const readers = [execute('unzip', ['-tq', zip]), execute(venvPython(), ['-c', python, zip, String(files)])];
  const [failed] = (await Promise.allSettled(readers)).filter(({ status }) => status === 'rejected');
  return failed?.status === 'rejected' ? `it can't be read: ${saidBy(failed.reason)}` : null;
};

/** What a program wrote to its error output at last. */
const saidBy = (error: unknown): string => {
  const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  return text.trim().split('\n').at(-1)?.slice(0, 160) ?? '';
};
