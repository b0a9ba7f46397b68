/**
 * `npm run bench -- checksums [--quick]`: how fast a file is checked on one core, against what Node has and against the
 * other ways that were open to us. Each is fed the same random bytes in chunks of 4 MiB, 1 GiB in all (128 MiB with
 * `--quick`), three times in turn; the best time counts. It is processor time, so that a busy machine does not count.
 */
import { createHash, randomFillSync, webcrypto } from 'node:crypto';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { crc32 } from 'node:zlib';
import { createCRC32 } from 'hash-wasm';
import { reportOf } from '../scripts/bench/report.ts';
import { createChecksums } from '../src/transfer/checksums.ts';
import { librarySha256, loadSha256 } from '../src/transfer/sha256.ts';

const MIB = 2 ** 20;
const CHUNK_BYTES = 4 * MIB;
/** More than the processor's caches hold, as bytes from a network are not in them either. */
const POOL_BYTES = 64 * MIB;

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const totalBytes = values.quick ? 128 * MIB : 1024 * MIB;

const pool = Array.from({ length: POOL_BYTES / CHUNK_BYTES }, () =>
  randomFillSync(new Uint8Array(CHUNK_BYTES)),
);

/** The chunks of a file of that size; the same for everybody. */
function* chunks(bytes: number): Generator<Uint8Array<ArrayBuffer>> {
  for (let index = 0; index * CHUNK_BYTES < bytes; index += 1) {
    const chunk = pool[index % pool.length];
    if (chunk !== undefined) yield chunk;
  }
}

/** Feeds a file of that size and answers the checksum, so that nothing can be skipped. */
type Candidate = (bytes: number) => Promise<string> | string;

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = (value & 1) === 0 ? value >>> 1 : (value >>> 1) ^ 0xedb88320;
  return value;
});

/** The loop that JavaScript libraries have: a byte, a look into the table. */
const plainLoop: Candidate = (bytes) => {
  let crc = 0xffffffff;
  for (const chunk of chunks(bytes)) {
    for (let at = 0; at < chunk.length; at += 1) {
      crc = (table[(crc ^ (chunk[at] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8);
    }
  }
  return hex(~crc);
};

const hex = (crc: number): string => (crc >>> 0).toString(16).padStart(8, '0');

const nodeCrc: Candidate = (bytes) => {
  let crc = 0;
  for (const chunk of chunks(bytes)) crc = crc32(chunk, crc);
  return hex(crc);
};

const libraryCrc = async (): Promise<Candidate> => {
  const hasher = await createCRC32();
  return (bytes) => {
    hasher.init();
    for (const chunk of chunks(bytes)) hasher.update(chunk);
    return hasher.digest();
  };
};

const nodeSha: Candidate = (bytes) => {
  const hash = createHash('sha256');
  for (const chunk of chunks(bytes)) hash.update(chunk);
  return hash.digest('hex');
};

/** Not a checksum of the file: the browser's own function takes a file whole or not at all. */
const subtleSha: Candidate = async (bytes) => {
  let last = new ArrayBuffer(0);
  for (const chunk of chunks(bytes)) last = await webcrypto.subtle.digest('SHA-256', chunk);
  return String(last.byteLength);
};

const shaOf =
  ({ update, finish }: Awaited<ReturnType<typeof loadSha256>>): Candidate =>
  (bytes) => {
    for (const chunk of chunks(bytes)) update(chunk);
    return finish();
  };

const bothOf =
  ({ update, finish }: Awaited<ReturnType<typeof createChecksums>>): Candidate =>
  (bytes) => {
    for (const chunk of chunks(bytes)) update(chunk);
    const { crc32, sha256 } = finish();
    return `${hex(crc32)} ${sha256}`;
  };

const candidates = {
  'CRC-32: plain table loop': plainLoop,
  'CRC-32: Node’s zlib': nodeCrc,
  'CRC-32: ours (hash-wasm)': await libraryCrc(),
  'SHA-256: Node’s crypto': nodeSha,
  'SHA-256: crypto.subtle, each chunk by itself': subtleSha,
  'SHA-256: hash-wasm': shaOf(await librarySha256()),
  'SHA-256: ours': shaOf(await loadSha256()),
  'both at once: ours': bothOf(await createChecksums()),
} as const;

type Name = keyof typeof candidates;

/** Gigabytes a second of processor time. */
async function speedOf(candidate: Candidate, bytes: number): Promise<{ speed: number; answer: string }> {
  const from = process.cpuUsage();
  const answer = await candidate(bytes);
  const { user, system } = process.cpuUsage(from);
  return { speed: bytes / (user + system) / 1000, answer };
}

async function measure(): Promise<ReadonlyMap<string, number>> {
  const best = new Map<string, number>();
  const answers = new Map<string, string>();
  // The first turn lets the engine compile and is not counted.
  for (const bytes of [32 * MIB, totalBytes, totalBytes, totalBytes]) {
    for (const [name, candidate] of Object.entries(candidates)) {
      const { speed, answer } = await speedOf(candidate, bytes);
      answers.set(name, answer);
      if (bytes === totalBytes) best.set(name, Math.max(best.get(name) ?? 0, speed));
    }
  }
  agree(answers);
  return best;
}

/** A fast wrong answer would be no feat. */
function agree(answers: ReadonlyMap<string, string>): void {
  const given = (name: Name): string => answers.get(name) ?? '';
  const crc = given('CRC-32: Node’s zlib');
  const sha = given('SHA-256: Node’s crypto');
  const right =
    given('CRC-32: plain table loop') === crc &&
    given('CRC-32: ours (hash-wasm)') === crc &&
    given('SHA-256: hash-wasm') === sha &&
    given('SHA-256: ours') === sha &&
    given('both at once: ours') === `${crc} ${sha}`;
  if (!right) throw new Error(`the answers differ: ${JSON.stringify([...answers])}`);
}

const speeds = await measure();
const speed = (name: Name): number => speeds.get(name) ?? Number.NaN;

console.log(
  `${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}, one core, ${totalBytes / MIB} MiB each`,
);
for (const [name, value] of speeds) console.log(`${name.padEnd(46)} ${value.toFixed(3).padStart(6)} GB/s`);

/** What a line of 1 Gbit/s brings, in GB/s. */
const GIGABIT_LINE = 0.125;

const text = reportOf('checksums', [
  { what: 'CRC-32, ours, against 1 GB/s', ratio: speed('CRC-32: ours (hash-wasm)'), target: 1 },
  {
    what: 'CRC-32, ours, against a plain table loop',
    ratio: speed('CRC-32: ours (hash-wasm)') / speed('CRC-32: plain table loop'),
    target: 3,
  },
  {
    // Node's has the processor's carry-less multiplication, which WebAssembly does not: about 5 GB/s where 1 GB/s is asked for.
    what: 'CRC-32, ours, against Node’s zlib',
    ratio: speed('CRC-32: ours (hash-wasm)') / speed('CRC-32: Node’s zlib'),
    target: 0.2,
  },
  {
    // Below this our own module would not be worth its lines.
    what: 'SHA-256, ours, against hash-wasm',
    ratio: speed('SHA-256: ours') / speed('SHA-256: hash-wasm'),
    target: 1.2,
  },
  {
    // Node's has the processor's SHA instructions, which WebAssembly does not.
    what: 'SHA-256, ours, against Node’s crypto',
    ratio: speed('SHA-256: ours') / speed('SHA-256: Node’s crypto'),
    target: 0.2,
  },
  {
    what: 'both at once, against a 1 Gbit/s line',
    ratio: speed('both at once: ours') / GIGABIT_LINE,
    target: 2,
  },
]);
console.log(`\n${text}`);
