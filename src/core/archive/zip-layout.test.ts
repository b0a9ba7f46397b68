import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs'; // prettier-ignore
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { array, assert, constantFrom, integer, property, record, uint8Array, uniqueArray } from 'fast-check';
import JSZip from 'jszip';
import * as v from 'valibot';
import { afterAll, describe, expect, it, test } from 'vitest';
import type { CompressionMethod } from './compression.ts';
import type { ZipEntry } from './zip-headers.ts';
import { type ZipLayout, layOut } from './zip-layout.ts';

const folder = mkdtempSync(join(tmpdir(), 'zip-layout-'));
afterAll(() => rmSync(folder, { recursive: true }));

const AT = Date.UTC(2026, 7, 19, 10, 11, 13, 500);
const GIB = 2 ** 30;

interface Packed {
  readonly name: string;
  readonly body: Uint8Array;
  readonly method: CompressionMethod;
  readonly modifiedAt?: number;
}

const storedOf = ({ body, method }: Packed): Uint8Array => (method === 'store' ? body : deflateRawSync(body));

const entryOf = (packed: Packed): ZipEntry => ({
  kind: 'file',
  name: packed.name,
  method: packed.method,
  sizeBytes: packed.body.length,
  storedBytes: storedOf(packed).length,
  crc32: crc32(packed.body),
  modifiedAt: packed.modifiedAt ?? AT,
});

const directoryOf = (name: string): ZipEntry => ({ kind: 'directory', name, modifiedAt: AT });

const largeFile = (name: string, sizeBytes: number): ZipEntry => ({
  kind: 'file',
  name,
  method: 'store',
  sizeBytes,
  storedBytes: sizeBytes,
  crc32: 0x12345678,
  modifiedAt: AT,
});

/** The archive with these bodies, by the index of their entry. */
function written({ parts, sizeBytes }: ZipLayout, bodies: readonly Uint8Array[]): Buffer {
  const archive = Buffer.concat(
    parts.map((part) => (part.kind === 'bytes' ? part.bytes : (bodies[part.index] ?? new Uint8Array(0)))),
  );
  expect(archive.length).toBe(sizeBytes);
  return archive;
}

const packedArchive = (files: readonly Packed[]): Buffer =>
  written(layOut(files.map(entryOf)), files.map(storedOf));

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const pythonListing = v.array(
  v.object({
    name: v.string(),
    size: v.number(),
    stored: v.number(),
    crc: v.number(),
    at: v.number(),
    version: v.number(),
    mode: v.number(),
    date: v.array(v.number()),
    sha256: v.nullable(v.string()),
  }),
);

type PythonListing = v.InferOutput<typeof pythonListing>;

/** What Python's zipfile says of archives; with `open`, it also checks each body and hashes it. */
function pythonReads(paths: readonly string[], open: boolean): readonly PythonListing[] {
  const program = `
import hashlib, json, sys, zipfile
def listing(path, bodies):
    with zipfile.ZipFile(path) as archive:
        return [{
            'name': i.filename, 'size': i.file_size, 'stored': i.compress_size, 'crc': i.CRC, 'at': i.header_offset,
            'version': i.extract_version, 'mode': i.external_attr >> 16, 'date': i.date_time,
            'sha256': hashlib.sha256(archive.read(i)).hexdigest() if bodies else None,
        } for i in archive.infolist()]
print(json.dumps([listing(path, sys.argv[1] == 'true') for path in sys.argv[2:]]))
`;
  const answer = execFileSync('python3', ['-c', program, String(open), ...paths], {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  return v.parse(v.array(pythonListing), JSON.parse(answer));
}

const pythonReadsOne = (path: string, open: boolean): PythonListing => {
  const [listing] = pythonReads([path], open);
  if (listing === undefined) throw new Error(`Python listed nothing for ${path}`);
  return listing;
};

async function jsZipReads(archive: Buffer): Promise<Record<string, string>> {
  const zip = await JSZip.loadAsync(archive, { checkCRC32: true });
  const files = Object.values(zip.files).filter(({ dir }) => !dir);
  const read = async (file: JSZip.JSZipObject): Promise<[string, string]> => [
    file.name,
    sha256(await file.async('uint8array')),
  ];
  return Object.fromEntries(await Promise.all(files.map(read)));
}

const saved = (name: string, archive: Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, archive);
  return path;
};

describe('a small archive', () => {
  const files: readonly Packed[] = [
    { name: 'run/config.json', body: Buffer.from('{"a": 1}'.repeat(500)), method: 'deflate' },
    { name: 'run/模型 é 😀.safetensors', body: Buffer.alloc(300_000, 'weights'), method: 'store' },
    { name: 'run/empty.txt', body: Buffer.alloc(0), method: 'store' },
  ];
  const entries = [...files.map(entryOf), directoryOf('run/nothing here')];
  const archive = written(layOut(entries), files.map(storedOf));
  const hashes = Object.fromEntries(files.map(({ name, body }) => [name, sha256(body)]));

  it('is read by Python', () => {
    const listing = pythonReadsOne(saved('small.zip', archive), true);
    expect(listing).toMatchObject([
      { name: 'run/config.json', size: 4000, version: 20, mode: 0o100644, date: [2026, 8, 19, 10, 11, 12] },
      { name: 'run/模型 é 😀.safetensors', size: 300_000, stored: 300_000, version: 10, mode: 0o100644 },
      { name: 'run/empty.txt', size: 0, stored: 0, crc: 0, version: 10 },
      { name: 'run/nothing here/', size: 0, stored: 0, crc: 0, version: 20, mode: 0o040755 },
    ]);
    expect(listing.map(({ sha256 }) => sha256).slice(0, 3)).toEqual(Object.values(hashes));
  });

  it('is read by JSZip', async () => {
    expect(await jsZipReads(archive)).toEqual(hashes);
    expect(Object.keys((await JSZip.loadAsync(archive)).files)).toContain('run/nothing here/');
  });

  it('is the same bytes each time', () => {
    expect(written(layOut(entries), files.map(storedOf)).equals(archive)).toBe(true);
  });

  it('puts each body behind its header, and none where there is none', () => {
    const order = layOut(entries).parts.map((part) => (part.kind === 'body' ? part.index : 'bytes'));
    expect(order).toEqual(['bytes', 0, 'bytes', 1, 'bytes', 'bytes', 'bytes']);
  });
});

it('lays an archive out field by field', () => {
  const body = Buffer.from('hi');
  const archive = packedArchive([{ name: 'é', body, method: 'store' }]);
  // 10:11:12 on 19 August 2026 (4.4.6), then the CRC-32 of "hi" and its size, twice.
  const shared = '0008 0000 6651 135d ac2a93d8 02000000 02000000 0200 0900';
  const stamp = `5554 0500 01 ${Buffer.from(Uint32Array.of(AT / 1000).buffer).toString('hex')}`;
  const expected = `
    504b0304 0a00 ${shared} c3a9 ${stamp} ${body.toString('hex')}
    504b0102 2d03 0a00 ${shared} 0000 0000 0000 0000a481 00000000 c3a9 ${stamp}
    504b0506 0000 0000 0100 0100 39000000 2b000000 0000`;
  expect(archive.toString('hex')).toBe(expected.replaceAll(/\s/g, ''));
});

test('an empty archive is an end record', async () => {
  const archive = written(layOut([]), []);
  expect(archive.toString('hex')).toBe('504b0506' + '00'.repeat(18));
  expect(pythonReadsOne(saved('empty.zip', archive), true)).toEqual([]);
});

describe('times', () => {
  const archiveOf = (modifiedAt: number): Buffer =>
    packedArchive([{ name: 'x', body: Buffer.of(1), method: 'store', modifiedAt }]);

  it('are kept as DOS has them, in UTC', () => {
    const cases: readonly (readonly [number, readonly number[]])[] = [
      [Date.UTC(1980, 0, 1), [1980, 1, 1, 0, 0, 0]],
      [0, [1980, 1, 1, 0, 0, 0]],
      [-1e15, [1980, 1, 1, 0, 0, 0]],
      [Date.UTC(2024, 1, 29, 23, 59, 59, 999), [2024, 2, 29, 23, 59, 58]],
      [Date.UTC(2107, 11, 31, 23, 59, 59), [2107, 12, 31, 23, 59, 58]],
      [1e15, [2107, 12, 31, 23, 59, 58]],
      [Number.NaN, [1980, 1, 1, 0, 0, 0]],
      [Infinity, [1980, 1, 1, 0, 0, 0]],
    ];
    const paths = cases.map(([modifiedAt], index) => saved(`time-${index}.zip`, archiveOf(modifiedAt)));
    const dates = pythonReads(paths, false).map(([entry]) => entry?.date);
    expect(dates).toEqual(cases.map(([, date]) => date));
  });

  const hasTimestamp = (modifiedAt: number): boolean => archiveOf(modifiedAt).includes('UT\u0005\u0000');

  it.each([
    [0, true],
    [0x7fffffff * 1000 + 999, true],
    [0x80000000 * 1000, false],
    [-1, false],
    [Number.NaN, false],
  ])('%d has an extended timestamp: %s', (modifiedAt, has) => expect(hasTimestamp(modifiedAt)).toBe(has));

  it('is the time that unpacking sets', () => {
    const path = saved('odd.zip', packedArchive([{ name: 'odd', body: Buffer.of(1), method: 'store' }]));
    // Python's zipfile knows DOS times only, so the seconds are taken from the field itself.
    const program = `
import struct, sys, zipfile
extra = zipfile.ZipFile(sys.argv[1]).infolist()[0].extra
print(struct.unpack('<HHBi', extra)[3])`;
    const seconds = Number(execFileSync('python3', ['-c', program, path], { encoding: 'utf8' }));
    expect(seconds).toBe(Math.floor(AT / 1000));
  });
});

describe('zip64', () => {
  const endOf = (entries: readonly ZipEntry[]): Buffer => {
    const last = layOut(entries).parts.at(-1);
    return Buffer.from(last?.kind === 'bytes' ? last.bytes : []);
  };
  const hasZip64End = (entries: readonly ZipEntry[]): boolean => endOf(entries).includes('PK\u0006\u0006');
  const headerOf = (entries: readonly ZipEntry[], index: number): Buffer => {
    const headers = layOut(entries).parts.filter((part) => part.kind === 'bytes');
    return Buffer.from(headers[index]?.bytes ?? []);
  };
  const ZIP64_FIELD = '\u0001\u0000\u0010\u0000';
  const justBelow = largeFile('a', 0xfffffffe);
  const justFull = largeFile('a', 0xffffffff);

  it('is in the headers of a file from 4 GiB less one byte', () => {
    expect(headerOf([justBelow], 0).includes(ZIP64_FIELD)).toBe(false);
    expect(headerOf([justFull], 0).includes(ZIP64_FIELD)).toBe(true);
    expect(endOf([justBelow]).includes(ZIP64_FIELD)).toBe(false);
    expect(endOf([justFull]).includes(ZIP64_FIELD)).toBe(true);
  });

  it('is in the end where the directory begins past 4 GiB', () => {
    // A local header with a name of one letter and a timestamp is 40 bytes.
    expect(hasZip64End([largeFile('a', 0xffffffff - 41)])).toBe(false);
    expect(hasZip64End([largeFile('a', 0xffffffff - 40)])).toBe(true);
  });

  it('is in the directory for a small file past 4 GiB, and only there', () => {
    const entries = [largeFile('a', 0xffffffff - 40), largeFile('b', 5)];
    expect(headerOf(entries, 1).includes('\u0001\u0000\u0008\u0000')).toBe(false);
    expect(endOf(entries).includes('\u0001\u0000\u0008\u0000')).toBe(true);
    expect(endOf([largeFile('a', 0xffffffff - 41), largeFile('b', 5)]).includes('\u0001\u0000\u0008\u0000')).toBe(false); // prettier-ignore
  });

  it('holds both sizes in the local header of a file that deflates below 4 GiB', () => {
    const entry: ZipEntry = { kind: 'file', name: 'a', method: 'deflate', sizeBytes: 5 * GIB, storedBytes: 5e6, crc32: 1, modifiedAt: AT }; // prettier-ignore
    const local = headerOf([entry], 0);
    expect(local.readUInt16LE(4)).toBe(45);
    expect(local.subarray(18, 26).toString('hex')).toBe('ffffffffffffffff');
    expect(local.readBigUInt64LE(35)).toBe(BigInt(5 * GIB));
    expect(local.readBigUInt64LE(43)).toBe(5_000_000n);
    const central = endOf([entry]);
    expect(central.readUInt32LE(20)).toBe(5_000_000);
    expect(central.readUInt32LE(24)).toBe(0xffffffff);
    expect(hasZip64End([entry])).toBe(false);
  });

  it('is in the end from 65,535 entries', () => {
    const many = (count: number): ZipEntry[] =>
      Array.from({ length: count }, (_, index) => directoryOf(`${index}`));
    expect(hasZip64End(many(65_534))).toBe(false);
    expect(hasZip64End(many(65_535))).toBe(true);
  });

  it('lets Python see 70,000 empty files', () => {
    const files = Array.from({ length: 70_000 }, (_, index): Packed => ({
      name: `run/rank-${index}.txt`,
      body: new Uint8Array(0),
      method: 'store',
    }));
    const listing = pythonReadsOne(saved('many.zip', packedArchive(files)), true);
    expect(listing.length).toBe(70_000);
    expect(listing.map(({ name }) => name)).toEqual(files.map(({ name }) => name));
  });

  it('lets Python see sizes and places past 4 GiB', () => {
    const small: Packed = { name: 'run/last.json', body: Buffer.from('{"step": 400}'), method: 'store' };
    const bodies: readonly Uint8Array[] = [Buffer.from('{}'), Buffer.alloc(0), small.body];
    const layout = layOut([
      entryOf({ name: 'run/first.json', body: Buffer.from('{}'), method: 'store' }),
      largeFile('run/optimizer.pt', 5 * GIB + 17),
      entryOf(small),
    ]);
    const path = join(folder, 'sparse.zip');
    writeSparse(path, layout, bodies);
    expect(statSync(path)).toMatchObject({ size: layout.sizeBytes });
    expect(statSync(path).blocks * 512).toBeLessThan(GIB);

    const listing = pythonReadsOne(path, false);
    expect(listing).toMatchObject([
      { name: 'run/first.json', at: 0, size: 2, version: 10 },
      { name: 'run/optimizer.pt', at: 55, size: 5 * GIB + 17, stored: 5 * GIB + 17, crc: 0x12345678, version: 45 }, // prettier-ignore
      { name: 'run/last.json', size: 13, version: 45 },
    ]);
    expect(listing[2]?.at).toBeGreaterThan(5 * GIB);
    // Python finds the body behind the header past 5 GiB, and its checksum right.
    const program = 'import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]).decode())';
    const last = execFileSync('python3', ['-c', program, path, 'run/last.json'], { encoding: 'utf8' });
    expect(last.trim()).toBe('{"step": 400}');
  });
});

/** Writes the archive with a hole where a body is not given. */
function writeSparse(path: string, { parts, sizeBytes }: ZipLayout, bodies: readonly Uint8Array[]): void {
  const file = openSync(path, 'w');
  let at = 0;
  for (const part of parts) {
    const bytes = part.kind === 'bytes' ? part.bytes : (bodies[part.index] ?? new Uint8Array(0));
    writeSync(file, bytes, 0, bytes.length, at);
    const isHole = part.kind === 'body' && bytes.length === 0;
    at += isHole ? 5 * GIB + 17 : bytes.length;
  }
  closeSync(file);
  expect(at).toBe(sizeBytes);
  truncateSync(path, sizeBytes);
}

describe('what is no entry', () => {
  it.each([
    ['a name past 64 KiB', largeFile('x'.repeat(65_536), 1)],
    ['a stored file of two sizes', { ...entryOf({ name: 'x', body: Buffer.of(1, 2), method: 'store' }), storedBytes: 1 }], // prettier-ignore
  ])('%s', (_, entry) => expect(() => layOut([entry])).toThrow(RangeError));
});

it('is read by Python and JSZip whatever is in it', async () => {
  const letters = constantFrom(
    'a',
    'B',
    'é',
    '模',
    '😀',
    ' ',
    '-',
    '.',
    '_',
    '"',
    "'",
    '#',
    '\u202e',
    'e\u0301',
  );
  const name = array(letters, { minLength: 1, maxLength: 12 }).map((all) => `run/${all.join('')}x`);
  const packed = record({
    name,
    body: uint8Array({ maxLength: 3000 }),
    method: constantFrom<CompressionMethod[]>('store', 'deflate'),
    modifiedAt: integer({ min: 0, max: 4e12 }),
  });
  const archives: (readonly Packed[])[] = [];
  const files = uniqueArray(packed, { maxLength: 12, selector: (file) => file.name.normalize() });
  assert(
    property(files, (some) => void archives.push(some)),
    { numRuns: 100 },
  );
  const written = archives.map((files) => packedArchive(files));
  const listings = pythonReads(
    written.map((archive, index) => saved(`any-${index}.zip`, archive)),
    true,
  );
  expect(listings.length).toBe(archives.length);
  for (const [index, some] of archives.entries()) {
    const hashes = some.map(({ name, body }) => [name, sha256(body)]);
    expect(listings[index]?.map(({ name, sha256 }) => [name, sha256])).toEqual(hashes);
    expect(await jsZipReads(written[index] ?? Buffer.alloc(0))).toEqual(Object.fromEntries(hashes));
  }
});
