import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import JSZip from 'jszip';
import { afterAll, describe, expect, it } from 'vitest';
import { readDirectory } from './read-directory.ts';
import { createZipSequence } from './zip-sequence.ts';

const folder = mkdtempSync(join(tmpdir(), 'zip-sequence-'));
afterAll(() => rmSync(folder, { recursive: true }));

const modifiedAt = Date.UTC(2026, 10, 20, 8, 0, 2);
const text = Buffer.from('{"step": 400}\n'.repeat(300));
const weights = Buffer.from(Array.from({ length: 100_000 }, (_, at) => (at * 31) % 251));

/** A text of which all is known, a folder, and two files whose checksums come behind them. */
const archive = (): Buffer => {
  const sequence = createZipSequence();
  const deflated = deflateRawSync(text);
  const known = {
    kind: 'file',
    method: 'deflate',
    sizeBytes: text.length,
    storedBytes: deflated.length,
  } as const;
  const parts: Uint8Array[] = [
    sequence.entry({ ...known, name: 'c/config.json', crc32: crc32(text), modifiedAt }),
    deflated,
    sequence.entry({ kind: 'directory', name: 'c/runs', modifiedAt }),
    sequence.begin({ name: 'c/gewichte ü.safetensors', sizeBytes: weights.length, modifiedAt }),
    weights,
    sequence.end(crc32(weights)),
    sequence.begin({ name: 'c/empty.bin', sizeBytes: 0, modifiedAt }),
    sequence.end(0),
    sequence.finish(),
  ];
  const whole = Buffer.concat(parts);
  expect(sequence.sizeBytes()).toBe(whole.length);
  return whole;
};

describe('an archive written from its beginning to its end', () => {
  const file = join(folder, 'c.zip');

  it('is read by unzip, Python, bsdtar and JSZip', async () => {
    writeFileSync(file, archive());
    expect(execFileSync('unzip', ['-tq', file], { encoding: 'utf8' })).toContain('No errors detected');
    const python =
      'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), len(z.namelist()))';
    expect(execFileSync('python3', ['-c', python, file], { encoding: 'utf8' })).toBe('None 4\n');
    expect(execFileSync('bsdtar', ['-xOf', file, 'c/config.json'])).toEqual(text);
    const zip = await JSZip.loadAsync(archive(), { checkCRC32: true });
    expect(await zip.file('c/gewichte ü.safetensors')?.async('nodebuffer')).toEqual(weights);
  });

  it('is read by bsdtar as it comes, without its directory', () => {
    const listed = execFileSync('bsdtar', ['-tf', '-'], { input: archive(), encoding: 'utf8' });
    expect(listed.split('\n')).toContain('c/config.json');
  });

  it('is read by ourselves, with sizes and checksums', async () => {
    const whole = archive();
    const directory = await readDirectory(whole.length, async (from, to) => whole.subarray(from, to));
    expect(directory).toMatchObject({
      ok: true,
      value: [
        { name: 'c/config.json', sizeBytes: text.length, crc32: crc32(text) },
        { name: 'c/runs' },
        { sizeBytes: weights.length, crc32: crc32(weights), method: 'store' },
        { sizeBytes: 0, crc32: 0 },
      ],
    });
  });

  it('says the sizes of a large file in eight bytes, before and behind it', () => {
    const sequence = createZipSequence();
    const sizeBytes = 5 * 2 ** 30;
    const header = sequence.begin({ name: 'large.bin', sizeBytes, modifiedAt });
    const behind = Buffer.from(sequence.end(0x12345678));
    expect(Buffer.from(header).readUInt32LE(18), 'the size stands elsewhere').toBe(0xffffffff);
    expect(behind.length).toBe(24);
    expect(behind.readBigUInt64LE(8)).toBe(BigInt(sizeBytes));
    expect(sequence.sizeBytes()).toBe(header.length + sizeBytes + behind.length);
  });

  it('has no end of a file that was not begun', () => {
    expect(() => createZipSequence().end(0)).toThrow('no file was begun');
  });
});
