import { createSHA256 } from 'hash-wasm';
import {
  BLOCKS_AT,
  BLOCKS_BYTES,
  CONSTANTS_AT,
  INITIAL_STATE,
  ROUND_CONSTANTS,
  STATE_AT,
  sha256Module,
} from './sha256-module.ts';

/** SHA-256 over one stream after another. */
export interface Sha256 {
  readonly update: (chunk: Uint8Array) => void;
  /** The digest of all chunks, as 64 hexadecimal digits. The next chunk begins a new stream. */
  readonly finish: () => string;
}

/**
 * Our module, or hash-wasm's where the processor has no vectors that a browser would use (before SSE 4.1). Throws where
 * WebAssembly may not be compiled: the extension's pages need `wasm-unsafe-eval`.
 */
export const loadSha256 = async (): Promise<Sha256> => {
  const code = sha256Module();
  return WebAssembly.validate(code) ? ownSha256(await WebAssembly.compile(code)) : librarySha256();
};

export async function librarySha256(): Promise<Sha256> {
  const hasher = await createSHA256();
  hasher.init();
  return {
    update: (chunk) => void hasher.update(chunk),
    finish: () => {
      const digest = hasher.digest();
      hasher.init();
      return digest;
    },
  };
}

const isRun = (value: unknown): value is (from: number, to: number) => void => typeof value === 'function';

async function ownSha256(module: WebAssembly.Module): Promise<Sha256> {
  const { memory, run } = (await WebAssembly.instantiate(module)).exports;
  if (!(memory instanceof WebAssembly.Memory) || !isRun(run))
    throw new Error('the module exports no SHA-256');
  const view = new DataView(memory.buffer);
  const blocks = new Uint8Array(memory.buffer, BLOCKS_AT, BLOCKS_BYTES);
  ROUND_CONSTANTS.forEach((value, index) => view.setUint32(CONSTANTS_AT + index * 4, value, true));
  return streamOver(view, blocks, (bytes) => run(BLOCKS_AT, BLOCKS_AT + bytes));
}

/** `run` takes so many bytes from the start of `blocks` into the state. */
function streamOver(view: DataView, blocks: Uint8Array, run: (bytes: number) => void): Sha256 {
  /** Bytes at the start of `blocks` that are no whole block yet. */
  let held = 0;
  let sizeBytes = 0;

  const reset = (): void => {
    INITIAL_STATE.forEach((value, index) => view.setUint32(STATE_AT + index * 4, value, true));
    held = 0;
    sizeBytes = 0;
  };

  const take = (piece: Uint8Array): void => {
    blocks.set(piece, held);
    const filled = held + piece.length;
    const whole = filled - (filled % 64);
    if (whole > 0) run(whole);
    blocks.copyWithin(0, whole, filled);
    held = filled - whole;
  };

  const update = (chunk: Uint8Array): void => {
    sizeBytes += chunk.length;
    for (let from = 0; from < chunk.length;) {
      const piece = chunk.subarray(from, from + BLOCKS_BYTES - held);
      take(piece);
      from += piece.length;
    }
  };

  const finish = (): string => {
    take(padding(sizeBytes));
    const state = INITIAL_STATE.map((_, index) => view.getUint32(STATE_AT + index * 4, true));
    reset();
    return state.map((value) => value.toString(16).padStart(8, '0')).join('');
  };

  reset();
  return { update, finish };
}

/** FIPS 180-4, 5.1.1: a one, zeros up to 56 bytes into a block, and the length in bits. */
function padding(sizeBytes: number): Uint8Array {
  const bytes = new Uint8Array(((119 - (sizeBytes % 64)) % 64) + 9);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 0x80);
  view.setBigUint64(bytes.length - 8, BigInt(sizeBytes) * 8n);
  return bytes;
}
