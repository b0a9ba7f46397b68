import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { array, assert, nat, property, uint8Array } from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Checksums, createChecksums } from './checksums.ts';
import { type Sha256, librarySha256, loadSha256 } from './sha256.ts';

const nodes = (...chunks: readonly Uint8Array[]): { crc32: number; sha256: string } => {
  const whole = Buffer.concat(chunks);
  return { crc32: crc32(whole), sha256: createHash('sha256').update(whole).digest('hex') };
};

let checksums: Checksums;
beforeAll(async () => {
  checksums = await createChecksums();
});

const ours = (...chunks: readonly Uint8Array[]): { crc32: number; sha256: string } => {
  for (const chunk of chunks) checksums.update(chunk);
  return checksums.finish();
};

describe('known answers', () => {
  // SHA-256: NIST's examples for FIPS 180-4. CRC-32: the check value of the Rocksoft model for 123456789.
  it.each([
    ['', 0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 0x352441c2, 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      0x171a3f5f,
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
    ['a'.repeat(1_000_000), 0xdc25bfbc, 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
    ['123456789', 0xcbf43926, '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225'],
  ])('of %.60j', (text, crc32, sha256) => {
    expect(ours(Buffer.from(text))).toEqual({ crc32, sha256 });
  });
});

describe('any file', () => {
  it('has the checksums that Node tells, wherever it is cut', () => {
    assert(
      property(uint8Array({ maxLength: 1000 }), array(nat(1000), { maxLength: 8 }), (bytes, cuts) => {
        const places = [
          0,
          ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b),
          bytes.length,
        ];
        const chunks = places.slice(1).map((place, index) => bytes.subarray(places[index], place));
        expect(ours(...chunks)).toEqual(nodes(bytes));
      }),
      { numRuns: 2000 },
    );
  });

  it('has them at every size around a block and around the room for blocks', () => {
    const bytes = randomBytes(200_000);
    const sizes = [64, 128, 16_384, 65_536, 131_072].flatMap((edge) =>
      Array.from({ length: 21 }, (_, index) => edge - 10 + index),
    );
    for (const size of sizes) {
      const [first, second] = [bytes.subarray(0, size), bytes.subarray(size, size + 100)];
      expect(ours(first)).toEqual(nodes(first));
      expect(ours(second.subarray(0, 70), first)).toEqual(nodes(second.subarray(0, 70), first));
    }
  });

  it('has them in chunks of megabytes', () => {
    const bytes = randomBytes(20 * 2 ** 20 + 13);
    const chunks = Array.from({ length: 6 }, (_, index) =>
      bytes.subarray(index * 2 ** 22, (index + 1) * 2 ** 22),
    );
    expect(ours(...chunks)).toEqual(nodes(bytes));
  });

  it('has them past 512 MiB, where the length in bits takes more than 32', () => {
    const chunk = randomBytes(2 ** 24);
    const chunks = [...Array.from({ length: 33 }, () => chunk), chunk.subarray(0, 5)];
    const sha256 = chunks.reduce((hash, each) => hash.update(each), createHash('sha256')).digest('hex');
    const crc = chunks.reduce((sum, each) => crc32(each, sum), 0);
    expect(ours(...chunks)).toEqual({ crc32: crc, sha256 });
  });
});

it('keeps two files apart that are open at once', async () => {
  const other = await createChecksums();
  const bytes = randomBytes(3000);
  checksums.update(bytes.subarray(0, 1000));
  other.update(bytes.subarray(1000, 1077));
  checksums.update(bytes.subarray(2000));
  other.update(bytes.subarray(1077, 2000));
  expect(checksums.finish()).toEqual(nodes(bytes.subarray(0, 1000), bytes.subarray(2000)));
  expect(other.finish()).toEqual(nodes(bytes.subarray(1000, 2000)));
});

describe('SHA-256 with vectors and without', () => {
  const digest = (sha256: Sha256, chunks: readonly Uint8Array[]): string => {
    for (const chunk of chunks) sha256.update(chunk);
    return sha256.finish();
  };

  it('is the same, file after file', async () => {
    const [own, library] = await Promise.all([loadSha256(), librarySha256()]);
    assert(
      property(array(uint8Array({ maxLength: 300 }), { maxLength: 5 }), (chunks) => {
        expect(digest(own, chunks)).toBe(nodes(...chunks).sha256);
        expect(digest(library, chunks)).toBe(nodes(...chunks).sha256);
      }),
    );
  });
});
