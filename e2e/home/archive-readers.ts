import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import JSZip from 'jszip';
import { venvPython } from '../jupyter/python-environment.ts';

const execute = promisify(execFile);

/** Tests an archive with unzip and with Python, and gives the SHA-256 of each file in it, as Python reads it. */
export const hashesInZip = async (zip: string): Promise<Readonly<Record<string, string>>> => {
  await execute('unzip', ['-tqq', zip], { maxBuffer: 64 * 1024 * 1024 });
  const script = `
import hashlib, json, sys, zipfile
hashes = {}
with zipfile.ZipFile(sys.argv[1]) as archive:
    assert archive.testzip() is None
    for info in archive.infolist():
        if info.is_dir():
            continue
        digest = hashlib.sha256()
        with archive.open(info) as entry:
            while chunk := entry.read(1 << 20):
                digest.update(chunk)
        hashes[info.filename] = digest.hexdigest()
print(json.dumps(hashes))
`;
  const { stdout } = await execute(venvPython(), ['-c', script, zip], { maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(stdout);
};

const hashOf = async (file: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
};

/** SHA-256 of every file below a folder, by `NAME/relative path`. */
export const hashesOnDisk = async (
  folder: string,
  name: string,
): Promise<Readonly<Record<string, string>>> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const hashes = await Promise.all(
    files.map(async (file) => [`${name}${file.slice(folder.length)}`, await hashOf(file)]),
  );
  return Object.fromEntries(hashes);
};

/** The names of an archive's files as JSZip reads them, and bsdtar where the machine has it. */
export const namesForOthers = async (zip: string): Promise<Readonly<Record<string, readonly string[]>>> => {
  const jszip = await JSZip.loadAsync(await readFile(zip));
  const readers: Record<string, readonly string[]> = {
    jszip: Object.values(jszip.files)
      .filter(({ dir }) => !dir)
      .map(({ name }) => name)
      .toSorted(),
  };
  const listed = await execute('bsdtar', ['-tf', zip]).catch(() => null);
  if (listed !== null)
    readers['bsdtar'] = listed.stdout
      .split('\n')
      .filter((name) => name !== '' && !name.endsWith('/'))
      .toSorted();
  return readers;
};
