import { parsePythonJson } from './python-json.ts';
import { readProgress } from './progress-file.ts';
import {
  type Chunk,
  type FileVerdict,
  type ProofRequest,
  type ProofStep,
  bytesOf,
  defect,
  read,
  verdict,
} from './proof.ts';
import { packageVersion } from '../recovery/package-versions.ts';
import { readTrainerState } from './trainer-state.ts';
import { decodeUtf8 } from './utf8.ts';
import { readWeightIndex } from './weight-index.ts';

const MIB = 1024 * 1024;
const BOUND_BYTES = {
  'trainer-state': 64 * MIB,
  'weight-index': 16 * MIB,
  progress: MIB,
  json: 4 * MIB,
} as const;

/** JSON files prove themselves by being read whole: they have no end mark but their last brace. */
export type JsonFormat = keyof typeof BOUND_BYTES;

/** A file above its bound (64 MiB trainer state, 16 MiB weight index, 4 MiB else) is `unproven`, never half read. */
export function jsonStep(format: JsonFormat, request: ProofRequest, chunks: readonly Chunk[]): ProofStep {
  if (request.sizeBytes > BOUND_BYTES[format]) return verdict({ kind: 'unproven' });
  const bytes = bytesOf(chunks, { from: 0, to: request.sizeBytes });
  if (bytes === null) return read(0, request.sizeBytes);
  const text = decodeUtf8(bytes);
  const parsed = text === null ? undefined : parsePythonJson(text);
  const content = parsed === undefined ? null : contentOf(format, parsed);
  return content === null ? defect('not-json', request.file) : verdict(content);
}

function contentOf(format: JsonFormat, parsed: unknown): FileVerdict | null {
  switch (format) {
    case 'trainer-state': {
      const state = readTrainerState(parsed);
      return state === null ? null : { kind: 'trainer-state', state };
    }
    case 'weight-index':
      return readWeightIndex(parsed);
    case 'progress':
      return readProgress(parsed);
    case 'json':
      return typeof parsed === 'object' && parsed !== null ? wholeConfiguration(parsed) : null;
    default:
      return format satisfies never;
  }
}

/** `config.json` has `transformers_version`, `adapter_config.json` (PEFT 0.21) `peft_version`: of what saved it. */
function wholeConfiguration(parsed: object): FileVerdict {
  const told = (key: string, name: string) => {
    const value: unknown = Reflect.get(parsed, key);
    return typeof value === 'string' ? packageVersion(name, value) : {};
  };
  const packages = { ...told('transformers_version', 'transformers'), ...told('peft_version', 'peft') };
  return Object.keys(packages).length === 0 ? { kind: 'whole' } : { kind: 'whole', packages };
}
