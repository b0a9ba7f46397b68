/**
 * As much of a WebAssembly assembler as one function of 32-bit numbers and vectors needs. Code is the bytes of the binary
 * format: https://webassembly.github.io/spec/core/binary/ (3.0).
 */
export type Code = readonly number[];

/** A number of any size, seven bits a byte (LEB128). */
export function unsigned(value: number): Code {
  const low = value & 0x7f;
  const rest = value >>> 7;
  return rest === 0 ? [low] : [low | 0x80, ...unsigned(rest)];
}

function signed(value: number): Code {
  const low = value & 0x7f;
  const rest = value >> 7;
  const isLast = rest === 0 ? (low & 0x40) === 0 : rest === -1 && (low & 0x40) !== 0;
  return isLast ? [low] : [low | 0x80, ...signed(rest)];
}

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)];

export const i32 = {
  const: (value: number): Code => [0x41, ...signed(value)],
  load: (address: Code, offset: number): Code => [...address, 0x28, 2, ...unsigned(offset)],
  store: (address: Code, offset: number, value: Code): Code => [
    ...address,
    ...value,
    0x36,
    2,
    ...unsigned(offset),
  ],
  lessUnsigned: (a: Code, b: Code): Code => [...a, ...b, 0x49],
  add: (a: Code, b: Code): Code => [...a, ...b, 0x6a],
  and: (a: Code, b: Code): Code => [...a, ...b, 0x71],
  xor: (a: Code, b: Code): Code => [...a, ...b, 0x73],
  rotateRight: (value: Code, bits: number): Code => [...value, ...i32.const(bits), 0x78],
};

const vector = (instruction: number): Code => [0xfd, ...unsigned(instruction)];

/** Four 32-bit numbers, the first one in the lowest bytes. */
export const v128 = {
  load: (address: Code, offset: number): Code => [...address, ...vector(0x00), 4, ...unsigned(offset)],
  store: (address: Code, offset: number, value: Code): Code => [
    ...address,
    ...value,
    ...vector(0x0b),
    4,
    ...unsigned(offset),
  ],
  zero: [...vector(0x0c), ...Array.from({ length: 16 }, () => 0)],
  /** Sixteen bytes out of the 32 of both. */
  bytes: (a: Code, b: Code, places: readonly number[]): Code => [...a, ...b, ...vector(0x0d), ...places],
  /** Four numbers out of the eight of both. */
  numbers: (a: Code, b: Code, places: readonly number[]): Code =>
    v128.bytes(
      a,
      b,
      places.flatMap((place) => [0, 1, 2, 3].map((byte) => place * 4 + byte)),
    ),
  xor: (a: Code, b: Code): Code => [...a, ...b, ...vector(0x51)],
  add: (a: Code, b: Code): Code => [...a, ...b, ...vector(0xae)],
  shiftLeft: (value: Code, bits: number): Code => [...value, ...i32.const(bits), ...vector(0xab)],
  shiftRight: (value: Code, bits: number): Code => [...value, ...i32.const(bits), ...vector(0xad)],
};

/** Runs the body, and again as long as the condition holds after it. */
export const doWhile = (body: Code, condition: Code): Code => [
  0x03,
  0x40,
  ...body,
  ...condition,
  0x0d,
  0,
  0x0b,
];

const HEADER: Code = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

const named = (name: string): Code => [name.length, ...Array.from(name, (letter) => letter.charCodeAt(0))];
const list = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
const sized = (code: Code): Code => [...unsigned(code.length), ...code];
const section = (id: number, items: readonly Code[]): Code => [id, ...sized(list(items))];

const I32 = 0x7f;
const V128 = 0x7b;

/** A module that exports its `memory` of so many 64 KiB pages and one function `run` of two 32-bit numbers. */
export function wasmModule(
  pages: number,
  locals: { readonly numbers: number; readonly vectors: number },
  body: Code,
): Uint8Array<ArrayBuffer> {
  const declared = list([
    [...unsigned(locals.numbers), I32],
    [...unsigned(locals.vectors), V128],
  ]);
  return new Uint8Array([
    ...HEADER,
    ...section(1, [[0x60, 2, I32, I32, 0]]),
    ...section(3, [[0]]),
    ...section(5, [[0x00, ...unsigned(pages)]]),
    ...section(7, [
      [...named('memory'), 0x02, 0],
      [...named('run'), 0x00, 0],
    ]),
    ...section(10, [sized([...declared, ...body, 0x0b])]),
  ]);
}
