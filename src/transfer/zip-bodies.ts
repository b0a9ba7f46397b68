import { compressionOf, type CompressionMethod } from '../core/archive/compression.ts';

/** What stands for a file in an archive: the file itself, by reference, or what deflating made of it. */
export interface Body {
  readonly method: CompressionMethod;
  readonly blob: Blob;
}

/** Deflates where it pays. A file that comes out larger goes as it is. */
export const bodyOf = async (path: string, file: Blob): Promise<Body> => {
  if (compressionOf(path, file.size) === 'store') return { method: 'store', blob: file };
  const deflated = await new Response(file.stream().pipeThrough(new CompressionStream('deflate-raw'))).blob();
  return deflated.size < file.size ? { method: 'deflate', blob: deflated } : { method: 'store', blob: file };
};
