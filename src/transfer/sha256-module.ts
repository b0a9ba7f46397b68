import { type Code, doWhile, get, i32, set, v128, wasmModule } from './wasm-code.ts';

/**
 * SHA-256 (FIPS 180-4) as a WebAssembly module made for one purpose: to use vectors for the message schedule, which does four
 * words at a time beside the rounds. `docs/adr/0002-checksums.md` says why it is here and how much faster it is.
 *
 * `run(from, to)` takes the 64-byte blocks between two addresses of its memory into the state. The round constants must
 * have been written to `CONSTANTS_AT`.
 */
export const CONSTANTS_AT = 0;
/** Constant plus word, for each of the 64 rounds. */
const SUMS_AT = 256;
/** Eight numbers, a to h. */
export const STATE_AT = 512;
/** The second page is room for what is to be hashed. */
export const BLOCKS_AT = 65_536;
export const BLOCKS_BYTES = 65_536;

/** 4.2.2 */
export const ROUND_CONSTANTS: readonly number[] = [
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]; // prettier-ignore

/** 5.3.3 */
export const INITIAL_STATE: readonly number[] = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
]; // prettier-ignore

/** The two parameters, then the locals: a to h, the same as they were before the block, two for Maj, and the vectors. */
const FROM = 0;
const TO = 1;
const WORKING = [2, 3, 4, 5, 6, 7, 8, 9] as const;
const BEFORE = 10;
const A_XOR_B = 18;
const B_XOR_C = 19;
const WORDS = [20, 21, 22, 23] as const;
const SHIFTED = 24;
const SUM = 25;

const NOWHERE = i32.const(0);

type Four = readonly [number, number, number, number];

export function sha256Module(): Uint8Array<ArrayBuffer> {
  const load = WORKING.flatMap((local, index) => set(local, i32.load(NOWHERE, STATE_AT + index * 4)));
  const store = WORKING.flatMap((local, index) => i32.store(NOWHERE, STATE_AT + index * 4, get(local)));
  const keep = WORKING.flatMap((local, index) => set(BEFORE + index, get(local)));
  const addUp = WORKING.flatMap((local, index) => set(local, i32.add(get(local), get(BEFORE + index))));
  const next = set(FROM, i32.add(get(FROM), i32.const(64)));
  const block = [...keep, ...firstWords(), ...rounds(), ...addUp, ...next];
  const body = [...load, ...doWhile(block, i32.lessUnsigned(get(FROM), get(TO))), ...store];
  return wasmModule((BLOCKS_AT + BLOCKS_BYTES) / 65_536, { numbers: 18, vectors: 6 }, body);
}

/** The first 16 words are the block itself, high byte first. */
const firstWords = (): Code =>
  WORDS.flatMap((words, index) => [
    ...set(
      words,
      v128.bytes(
        v128.load(get(FROM), index * 16),
        v128.zero,
        [3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12],
      ),
    ),
    ...storeSums(index, words),
  ]);

/** Constant plus word for four rounds. */
const storeSums = (group: number, words: number): Code =>
  v128.store(
    NOWHERE,
    SUMS_AT + group * 16,
    v128.add(get(words), v128.load(NOWHERE, CONSTANTS_AT + group * 16)),
  );

/** 6.2.2, in groups of four rounds. The words for the group after the next three are worked out between the rounds. */
function rounds(): Code {
  const code: number[] = [...set(B_XOR_C, i32.xor(get(WORKING[1]), get(WORKING[2])))];
  let [w0, w1, w2, w3]: Four = WORDS;
  let working: readonly number[] = WORKING;
  for (let group = 0; group < 16; group += 1) {
    const ahead = group < 12 ? [...schedule([w0, w1, w2, w3]), storeSums(group + 4, w0)] : [];
    for (let inGroup = 0; inGroup < 4; inGroup += 1) {
      code.push(...round(working, group * 4 + inGroup), ...ahead.slice(inGroup * 2, inGroup * 2 + 2).flat());
      working = [...working.slice(-1), ...working.slice(0, -1)];
    }
    [w0, w1, w2, w3] = [w1, w2, w3, w0];
  }
  return code;
}

/** One round. Instead of moving each variable on by one, the next round takes the locals in another order. */
function round(working: readonly number[], index: number): Code {
  const [a = 0, b = 0, , d = 0, e = 0, f = 0, g = 0, h = 0] = working;
  const sum = i32.load(NOWHERE, SUMS_AT + index * 4);
  const choice = i32.xor(i32.and(i32.xor(get(f), get(g)), get(e)), get(g));
  // Maj(a, b, c) is b changed where both a and c differ from it; b xor c was the last round's a xor b.
  const majority = i32.xor(i32.and(get(A_XOR_B), get(B_XOR_C)), get(b));
  return [
    ...set(h, i32.add(i32.add(get(h), sum), i32.add(choice, rotations(e, [6, 11, 25])))),
    ...set(d, i32.add(get(d), get(h))),
    ...set(A_XOR_B, i32.xor(get(a), get(b))),
    ...set(h, i32.add(i32.add(get(h), rotations(a, [2, 13, 22])), majority)),
    ...set(B_XOR_C, get(A_XOR_B)),
  ];
}

const rotations = (local: number, [x, y, z]: readonly [number, number, number]): Code =>
  i32.xor(
    i32.xor(i32.rotateRight(get(local), x), i32.rotateRight(get(local), y)),
    i32.rotateRight(get(local), z),
  );

/**
 * Four new words in place of the oldest four, in five steps. The last two depend on the first two through sigma 1, so that is
 * done in halves.
 */
function schedule([w0, w1, w2, w3]: Four): readonly Code[] {
  const shifted = get(SHIFTED);
  const seventhLast = v128.numbers(get(w2), get(w3), [1, 2, 3, 4]);
  return [
    set(SHIFTED, v128.numbers(get(w0), get(w1), [1, 2, 3, 4])),
    set(SUM, v128.add(v128.add(get(w0), seventhLast), sigma(shifted, [7, 18, 3]))),
    set(SHIFTED, v128.numbers(get(w3), v128.zero, [2, 3, 4, 4])),
    set(SUM, v128.add(get(SUM), sigma(shifted, [17, 19, 10]))),
    set(SHIFTED, v128.numbers(get(SUM), v128.zero, [4, 4, 0, 1])),
    set(w0, v128.add(get(SUM), sigma(shifted, [17, 19, 10]))),
  ];
}

/** Two rotations and a shift, 4.1.2. Vectors have no rotation: it is two shifts. */
const sigma = (words: Code, [x, y, z]: readonly [number, number, number]): Code =>
  v128.xor(v128.xor(rotated(words, x), rotated(words, y)), v128.shiftRight(words, z));

const rotated = (words: Code, bits: number): Code =>
  v128.xor(v128.shiftRight(words, bits), v128.shiftLeft(words, 32 - bits));
