import { execFileSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, inflateRawSync } from 'node:zlib';
import { array, assert, asyncProperty, constantFrom, integer, nat, oneof, record, string, tuple, uint8Array } from 'fast-check'; // prettier-ignore
import { afterAll, describe, expect, it } from 'vitest';
import type { Result } from '../result.ts';
import { isMacMetadata } from './entry-name.ts';
import { locateBody } from './locate-body.ts';
import { type ArchiveEntry, readDirectory } from './read-directory.ts';
import type { ZipFailure } from './zip-failure.ts';
import type { ZipEntry } from './zip-headers.ts';
import { layOut } from './zip-layout.ts';
import type { ReadBytes } from './zip-reader.ts';
import { type Field, record as fields } from './zip-record.ts';

const AT = Date.UTC(2026, 7, 19, 10, 11, 13);
const MIB = 2 ** 20;
const GIB = 2 ** 30;

const fileEntry = (name: string, body: string): ZipEntry => ({
  kind: 'file',
  name,
  method: 'store',
  sizeBytes: body.length,
  storedBytes: body.length,
  crc32: crc32(body),
  modifiedAt: AT,
});

const bodies = ['first body', 'second', ''];
const entries = bodies.map((body, index) => fileEntry(`run/${index}.txt`, body));

function written(layout = layOut(entries), all: readonly string[] = bodies): Buffer {
  return Buffer.concat(
    layout.parts.map((part) => (part.kind === 'bytes' ? part.bytes : Buffer.from(all[part.index] ?? ''))),
  );
}

const readerOf =
  (archive: Uint8Array): ReadBytes =>
  (from, to) =>
    Promise.resolve(archive.subarray(from, to));

const listed = (archive: Uint8Array): Promise<Result<readonly ArchiveEntry[], ZipFailure>> =>
  readDirectory(archive.length, readerOf(archive));

async function entriesOf(archive: Uint8Array): Promise<readonly ArchiveEntry[]> {
  const result = await listed(archive);
  if (!result.ok) throw new Error(`not read: ${JSON.stringify(result.failure)}`);
  return result.value;
}

const failureOf = async (archive: Uint8Array): Promise<string> => {
  const result = await listed(archive);
  return result.ok ? 'none' : result.failure.kind;
};

/** The body of each file, unpacked and held against its checksum. */
async function unpacked(archive: Uint8Array): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await entriesOf(archive)) {
    if (entry.kind !== 'file') continue;
    const body = await locateBody(entry, readerOf(archive));
    if (!body.ok) throw new Error(`${entry.name}: ${body.failure.kind}`);
    const stored = archive.subarray(body.value.from, body.value.to);
    const bytes = entry.method === 'deflate' ? inflateRawSync(stored) : stored;
    expect(crc32(bytes)).toBe(entry.crc32);
    expect(bytes.length).toBe(entry.sizeBytes);
    found[entry.name] = Buffer.from(bytes).toString();
  }
  return found;
}

describe('an archive of our own', () => {
  it('is read back as it was laid out', async () => {
    const file = record({
      kind: constantFrom('file' as const),
      name: string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((name) => !/\/$|^\ufeff/.test(name)),
      method: constantFrom<('store' | 'deflate')[]>('store', 'deflate'),
      sizeBytes: oneof(nat(5000), integer({ min: 4 * GIB - 5, max: 4 * GIB + 5 }), nat(2 ** 40)),
      storedBytes: nat(3000),
      crc32: nat(0xffffffff),
      modifiedAt: integer({ min: 0, max: 0x7fffffff }).map((seconds) => seconds * 1000),
    }).map((file) => ({ ...file, storedBytes: file.method === 'store' ? file.sizeBytes : Math.ceil(file.sizeBytes / 1000) })); // prettier-ignore
    const directory = record({
      kind: constantFrom('directory' as const),
      name: string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 20 }).filter(
        (name) => !name.endsWith('/'),
      ),
      modifiedAt: constantFrom(AT),
    });
    await assert(
      asyncProperty(array(oneof(file, directory), { maxLength: 12 }), async (all) => {
        const layout = layOut(all);
        const result = await readDirectory(layout.sizeBytes, sparseReader(layout));
        expect(result.ok && result.value).toMatchObject(all);
      }),
      { numRuns: 500 },
    );
  });

  it('holds its bodies where they are said to be', async () => {
    expect(await unpacked(written())).toEqual({
      'run/0.txt': 'first body',
      'run/1.txt': 'second',
      'run/2.txt': '',
    });
  });

  it('may be empty', async () => expect(await entriesOf(written(layOut([]), []))).toEqual([]));

  it('may hold 70,000 files', async () => {
    const many = Array.from({ length: 70_000 }, (_, index) => fileEntry(`run/${index}`, ''));
    const found = await entriesOf(written(layOut(many), []));
    expect(found.map(({ name }) => name)).toEqual(many.map(({ name }) => name));
  });
});

/** The archive with zeros in place of all but its last part, the directory. */
function sparseReader({ parts, sizeBytes }: ReturnType<typeof layOut>): ReadBytes {
  const last = parts.at(-1);
  const tail = last?.kind === 'bytes' ? last.bytes : new Uint8Array(0);
  const tailFrom = sizeBytes - tail.length;
  return (from, to) => {
    const bytes = new Uint8Array(to - from);
    const shown = tail.subarray(Math.max(0, from - tailFrom), Math.max(0, to - tailFrom));
    bytes.set(shown, bytes.length - shown.length);
    return Promise.resolve(bytes);
  };
}

const fixture = (name: string): Buffer => readFileSync(join(import.meta.dirname, 'fixtures', name));

describe('an archive made elsewhere', () => {
  const checkpoint = {
    'outputs/checkpoint-4/trainer_state.json': '{"global_step": 4}',
    'outputs/checkpoint-4/模型 é.safetensors': 'weights weights weights weights weights',
  };

  it.each([
    ['info-zip.zip', 'zip 3.0 of Debian 12: zip -r -y'],
    ['info-zip-descriptors.zip', 'the same with -fd: sizes and checksums behind the bodies'],
    ['bsdtar.zip', 'bsdtar 3.6.2 into a pipe: data descriptors, and zeros behind the end'],
  ])('%s (%s) is read', async (name) => {
    const archive = fixture(name);
    expect(await unpacked(archive)).toEqual(checkpoint);
    const found = await entriesOf(archive);
    expect(found.find((entry) => entry.name === 'outputs/checkpoint-4/empty')?.kind).toBe('directory');
    expect(new Set(found.map(({ modifiedAt }) => modifiedAt))).toEqual(new Set([AT]));
    const link = found.find((entry) => entry.name === 'outputs/latest');
    if (name !== 'info-zip-descriptors.zip') expect(link?.kind).toBe('other');
  });

  const folder = mkdtempSync(join(tmpdir(), 'read-directory-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const python = (program: string): Buffer => {
    const path = join(folder, 'made.zip');
    execFileSync('python3', ['-c', program, path, folder]);
    return readFileSync(path);
  };

  it("is read from Python's shutil.make_archive", async () => {
    mkdirSync(join(folder, 'out', 'checkpoint-4'), { recursive: true });
    writeFileSync(join(folder, 'out', 'checkpoint-4', 'a.json'), '{}'.repeat(100));
    const archive = python(
      'import shutil, sys; shutil.make_archive(sys.argv[1][:-4], "zip", sys.argv[2] + "/out")',
    );
    expect(await unpacked(archive)).toEqual({ 'checkpoint-4/a.json': '{}'.repeat(100) });
  });

  it('is read from a writer that cannot seek, with zip64 headers and a comment', async () => {
    const archive = python(`
import sys, zipfile
class Pipe:
    def __init__(self, path): self.file = open(path, 'wb')
    def write(self, data): return self.file.write(data)
    def flush(self): self.file.flush()
with zipfile.ZipFile(Pipe(sys.argv[1]), 'w') as archive:
    with archive.open('run/a.pt', 'w', force_zip64=True) as file: file.write(b'weights')
    archive.writestr('run/b.json', '{}', zipfile.ZIP_DEFLATED)
    archive.comment = b'PK' * 30000 + b'PK\\x05\\x06'
`);
    expect(await unpacked(archive)).toEqual({ 'run/a.pt': 'weights', 'run/b.json': '{}' });
  });

  it('is read with names in code page 437', async () => {
    const archive = Buffer.from(written(layOut([fileEntry('run/x-', 'body')]), ['body']));
    for (const at of allOf(archive, 'run/x-')) archive[at + 5] = 0x82;
    expect(await unpacked(archive)).toEqual({ 'run/xé': 'body' });
  });

  it("is read with the backslashes of Windows' own writers, and those of Unix are left as they are", async () => {
    const archive = Buffer.from(written(layOut([fileEntry('run\\x', 'body')]), ['body']));
    expect(Object.keys(await unpacked(archive))).toEqual(['run\\x']);
    archive[archive.indexOf('PK\u0001\u0002') + 5] = 0;
    expect(Object.keys(await unpacked(archive))).toEqual(['run/x']);
  });

  it.each([
    [0, 'encrypted'],
    [2, 'unknown'],
  ])('tells what cannot be read: byte %d changed, %s', async (byte, method) => {
    const archive = Buffer.from(written());
    const at = archive.indexOf('PK\u0001\u0002') + 8 + byte;
    archive[at] = byte === 0 ? 1 : 93;
    expect((await entriesOf(archive))[0]?.method).toBe(method);
  });
});

/**
 * As macOS's Finder writes it: sizes and checksum behind the body, made on Unix by version 2.1, an extra field of its own
 * (0x5855), and metadata beside each file. Laid out by hand after descriptions, not by a Mac.
 */
function finderArchive(files: Readonly<Record<string, string>>): Uint8Array {
  const little = (value: number): Field => [4, value];
  const head: readonly Field[] = [[2, 20], [2, 8], [2, 0], [4, 0x5d135166]]; // prettier-ignore
  const locals: Uint8Array[] = [];
  const centrals: Uint8Array[] = [];
  let at = 0;
  for (const [path, body] of Object.entries(files)) {
    const name = Buffer.from(path);
    const sizes = [little(crc32(body)), little(body.length), little(body.length)];
    const local = fields([
      little(0x04034b50), ...head, little(0), little(0), little(0), [2, name.length], [2, 16], name,
      [2, 0x5855], [2, 12], new Uint8Array(12), Buffer.from(body), little(0x08074b50), ...sizes,
    ]); // prettier-ignore
    const central = fields([
      little(0x02014b50), [2, 0x0315], ...head, ...sizes, [2, name.length], [2, 12], new Uint8Array(6),
      little(0o100644 * 0x10000), little(at), name, [2, 0x5855], [2, 8], new Uint8Array(8),
    ]); // prettier-ignore
    locals.push(local);
    centrals.push(central);
    at += local.length;
  }
  const directory = fields(centrals);
  const counts: readonly Field[] = [[2, centrals.length], [2, centrals.length]]; // prettier-ignore
  return fields([...locals, directory, little(0x06054b50), little(0), ...counts, little(directory.length), little(at), [2, 0]]); // prettier-ignore
}

describe("an archive of macOS's Finder", () => {
  const archive = finderArchive({
    'checkpoint-4/config.json': '{}',
    '__MACOSX/checkpoint-4/._config.json': 'Mac OS X attributes',
    'checkpoint-4/.DS_Store': 'Bud1',
    'checkpoint-4/é.bin': 'weights',
  });

  it('is read', async () => {
    expect(await unpacked(archive)).toMatchObject({ 'checkpoint-4/config.json': '{}', 'checkpoint-4/é.bin': 'weights' }); // prettier-ignore
  });

  it('tells what is of macOS alone', async () => {
    const names = (await entriesOf(archive)).map(({ name }) => name);
    expect(names.filter((name) => !isMacMetadata(name))).toEqual(['checkpoint-4/config.json', 'checkpoint-4/é.bin']); // prettier-ignore
    expect(isMacMetadata('my__MACOSX/x')).toBe(false);
  });
});

const allOf = (archive: Buffer, text: string): readonly number[] => {
  const places: number[] = [];
  for (let at = archive.indexOf(text); at >= 0; at = archive.indexOf(text, at + 1)) places.push(at);
  return places;
};

/** The archive with one change at so many bytes behind the n-th of these signatures. */
function changed(
  signature: string,
  nth: number,
  offset: number,
  bytes: readonly number[],
  of = written(),
): Buffer {
  const archive = Buffer.from(of);
  const at = allOf(archive, signature)[nth];
  if (at === undefined) throw new Error('no such place');
  archive.set(bytes, at + offset);
  return archive;
}

const CENTRAL = 'PK\u0001\u0002';
const END = 'PK\u0005\u0006';
const ZIP64_END = 'PK\u0006\u0006';
const ZIP64_LOCATOR = 'PK\u0006\u0007';

describe('hostile input is answered by a failure of its name', () => {
  const zip64 = written(layOut(Array.from({ length: 65_535 }, (_, index) => fileEntry(`${index}`, ''))), []);

  it.each([
    ['nothing', Buffer.alloc(0), 'not-a-zip'],
    ['three bytes', Buffer.from('PK\u0003'), 'not-a-zip'],
    ['text', Buffer.from('<!DOCTYPE html>'.repeat(9000)), 'not-a-zip'],
    ['zeros', Buffer.alloc(200_000), 'not-a-zip'],
    ['an archive cut short', written().subarray(0, -1), 'no-end'],
    ['an archive without a directory', written().subarray(0, 60), 'no-end'],
    ['an archive with much behind it', Buffer.concat([written(), Buffer.alloc(70_000)]), 'no-end'],
    ['part of several', changed(END, 0, 4, [1]), 'several-disks'],
    ['part of several by its counts', changed(END, 0, 8, [2]), 'several-disks'],
    ['a directory past the end', changed(END, 0, 16, [0xff, 0xff, 0]), 'directory-outside'],
    ['a directory too long', changed(END, 0, 12, [0xff]), 'directory-outside'],
    ['a directory elsewhere', changed(END, 0, 16, [0]), 'directory-damaged'],
    ['something before it', Buffer.concat([Buffer.from('#!/bin/sh\n'), written()]), 'directory-damaged'],
    ['a record that is none', changed(CENTRAL, 1, 0, [0]), 'directory-damaged'],
    ['a name longer than the directory', changed(CENTRAL, 2, 28, [0xff, 0xff]), 'directory-damaged'],
    ['a zip64 size that is missing', changed(CENTRAL, 0, 24, [255, 255, 255, 255]), 'directory-damaged'],
    ['fewer entries than said', changed(END, 0, 8, [4, 0, 4]), 'count-lies'],
    ['more entries than said', changed(END, 0, 8, [2, 0, 2]), 'count-lies'],
    ['an entry behind the directory', changed(CENTRAL, 0, 42, [0xff, 0xff]), 'entry-outside'],
    ['an entry reaching into the directory', changed(CENTRAL, 2, 20, [10, 0, 0, 0, 10]), 'entry-outside'],
    ['two entries at one place', changed(CENTRAL, 1, 42, [0]), 'entries-overlap'],
    ['an entry reaching into the next', changed(CENTRAL, 0, 20, [40, 0, 0, 0, 40]), 'entries-overlap'],
    ['a stored file of two sizes', changed(CENTRAL, 0, 24, [11]), 'sizes-lie'],
    ['a deflated file of impossible size', changed(CENTRAL, 0, 10, [8], changed(CENTRAL, 0, 26, [1])), 'sizes-lie'], // prettier-ignore
    ['zip64 elsewhere', changed(ZIP64_LOCATOR, 0, 8, [0], zip64), 'directory-damaged'],
    ['zip64 past the end', changed(ZIP64_LOCATOR, 0, 14, [0xff, 0xff], zip64), 'directory-outside'],
    ['a zip64 directory past the end', changed(ZIP64_END, 0, 54, [0xff, 0xff], zip64), 'directory-damaged'],
    ['zip64 on several disks', changed(ZIP64_LOCATOR, 0, 16, [2], zip64), 'several-disks'],
    ['two ends that contradict', changed(END, 0, 12, [0], zip64), 'directory-damaged'],
    ['a zip64 count that lies', changed(ZIP64_END, 0, 24, [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1], zip64), 'count-lies'], // prettier-ignore
  ])('%s', async (_, archive, kind) => expect(await failureOf(archive)).toBe(kind));

  it('says which entry', async () => {
    const result = await listed(changed(CENTRAL, 1, 42, [0]));
    expect(result).toEqual({ ok: false, failure: { kind: 'entries-overlap', name: 'run/0.txt' } });
  });

  it('says that a local header is not there', async () => {
    const archive = Buffer.from(written());
    archive[0] = 0;
    const [first, second] = await entriesOf(archive);
    if (first === undefined || second === undefined) throw new Error('two entries');
    expect(await locateBody(first, readerOf(archive))).toMatchObject({ failure: { kind: 'entry-outside' } });
    archive.set([0xff, 0xff], second.headerAt + 28);
    expect(await locateBody(second, readerOf(archive))).toMatchObject({ failure: { kind: 'entry-outside' } });
  });

  it.each([
    ['that fails', () => Promise.reject(new Error('gone'))],
    ['that throws', () => { throw new Error('gone'); }],
    ['that gives too little', () => Promise.resolve(new Uint8Array(3))],
    ['that gives too much', () => Promise.resolve(new Uint8Array(200_000))],
  ] satisfies [string, ReadBytes][])('a reader %s', async (_, read) => {
    expect(await readDirectory(50_000, read)).toEqual({ ok: false, failure: { kind: 'unreadable' } });
  }); // prettier-ignore

  it('reads no more than a bound, whatever is claimed', async () => {
    let bytesRead = 0;
    const claim = (directoryBytes: number): ReadBytes => {
      const end = Buffer.from(written(layOut([]), []));
      end.writeUInt32LE(directoryBytes, 12);
      end.writeUInt16LE(1, 8);
      end.writeUInt16LE(1, 10);
      return (from, to) => {
        bytesRead += to - from;
        const bytes = Buffer.alloc(to - from);
        if (to === 3 * GIB) bytes.set(end, bytes.length - end.length);
        return Promise.resolve(bytes);
      };
    };
    expect(await readDirectory(3 * GIB, claim(2 * GIB))).toEqual({
      ok: false,
      failure: { kind: 'directory-too-large', sizeBytes: 2 * GIB },
    });
    expect(bytesRead).toBeLessThan(MIB);
    expect(await readDirectory(3 * GIB, claim(64 * MIB))).toMatchObject({ ok: false });
    expect(bytesRead).toBeLessThan(66 * MIB);
  });
});

/** Whatever happens, nothing is thrown, and what is listed lies inside the archive and apart. */
async function expectHonest(archive: Uint8Array): Promise<void> {
  const result = await listed(archive);
  if (!result.ok) return;
  const byPlace = result.value.toSorted((a, b) => a.headerAt - b.headerAt);
  let end = 0;
  for (const { headerAt, storedBytes, roomTo } of byPlace) {
    expect(headerAt).toBeGreaterThanOrEqual(end);
    end = headerAt + storedBytes;
    expect(end).toBeLessThan(roomTo);
    expect(roomTo).toBeLessThanOrEqual(archive.length);
  }
  for (const entry of result.value) {
    const body = await locateBody(entry, readerOf(archive));
    if (body.ok) expect(body.value.to).toBeLessThanOrEqual(entry.roomTo);
  }
}

describe('a damaged archive', () => {
  it('is never read when it was cut, wherever', async () => {
    const archive = written();
    for (let length = 0; length < archive.length; length += 1) {
      expect(await failureOf(archive.subarray(0, length)), `${length} bytes`).toMatch(
        /^(?:no-end|not-a-zip)$/,
      );
    }
  });

  const sources = [written(), fixture('info-zip.zip'), fixture('info-zip-descriptors.zip')];

  it('is read or refused, never thrown over, with any bytes changed', async () => {
    const change = tuple(nat(), nat(255));
    await assert(
      asyncProperty(constantFrom(...sources), array(change, { minLength: 1, maxLength: 6 }), async (source, changes) => {
        const archive = Buffer.from(source);
        for (const [place, value] of changes) archive[place % archive.length] = value;
        await expectHonest(archive);
      }),
      { numRuns: 3000 },
    ); // prettier-ignore
  });

  it('is so with pieces of archives in any order', async () => {
    const signatures = ['PK\u0003\u0004', CENTRAL, END, ZIP64_END, ZIP64_LOCATOR].map((text) =>
      Buffer.from(text),
    );
    const piece = oneof(
      constantFrom(...signatures, ...sources, ...sources.map((source) => source.subarray(-22))),
      uint8Array({ maxLength: 60 }),
    );
    await assert(
      asyncProperty(array(piece, { maxLength: 8 }), (pieces) => expectHonest(Buffer.concat(pieces))),
      { numRuns: 3000 },
    );
  });
});
