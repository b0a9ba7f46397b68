export type CompressionMethod = 'store' | 'deflate';

/** Below this the deflated text and its bookkeeping save nothing: files are kept in blocks of 4 KiB anyway. */
const MIN_DEFLATE_BYTES = 128;
/**
 * The largest tokenizer.json in use is about 35 MB (Gemma 3). Deflating goes at tens of MB a second and its output has to
 * be held somewhere, so what is larger goes as it is.
 */
const MAX_DEFLATE_BYTES = 64 * 1024 * 1024;

/** Written as text by the libraries we know, or by people beside a checkpoint. */
const TEXT_EXTENSIONS: ReadonlySet<string> = new Set([
  'json', 'jsonl', 'ndjson', 'txt', 'md', 'rst', 'csv', 'tsv', 'xml', 'html', 'log', 'out', 'err',
  'py', 'pyi', 'ipynb', 'sh', 'r', 'jl', 'js', 'ts', 'yaml', 'yml', 'toml', 'ini', 'cfg', 'conf', 'env', 'lock',
  'jinja', 'j2', 'template', 'tiktoken', 'bpe', 'vocab', 'merges', 'pbtxt', 'svg',
]); // prettier-ignore

/** SentencePiece writes a protobuf of words: binary, yet about half the size when deflated. Other `.model` files are not. */
const SENTENCEPIECE = /^(?:tokenizer|spiece|spm|sentencepiece)(?:\.[\w-]+)*\.model$/;

/** Text without an extension. */
const TEXT_NAMES: ReadonlySet<string> = new Set([
  'readme', 'license', 'licence', 'notice', 'changelog', 'makefile', 'dockerfile', '.gitattributes', '.gitignore',
]); // prettier-ignore

/**
 * Whether an entry is worth deflating, by its name alone and its size: tensors look random, archives are compressed
 * already, and of an unknown file we expect no better.
 */
export function compressionOf(path: string, sizeBytes: number): CompressionMethod {
  if (sizeBytes < MIN_DEFLATE_BYTES || sizeBytes > MAX_DEFLATE_BYTES) return 'store';
  return isText(path) ? 'deflate' : 'store';
}

function isText(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const dot = name.lastIndexOf('.');
  if (dot > 0 && TEXT_EXTENSIONS.has(name.slice(dot + 1))) return true;
  return TEXT_NAMES.has(name) || SENTENCEPIECE.test(name);
}
