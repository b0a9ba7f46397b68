import { base64Length, encodeBase64 } from './base64.ts';

/** JSON in UTF-8, as it goes over the line. */
export type PutBody = Uint8Array<ArrayBuffer>;

/**
 * What to do with the bytes. `whole`: the file is these bytes. `first`: it is these so far. `next`, `last`: they are added at
 * its end (`LargeFileManager` of jupyter_server, whose numbers are 1, whatever follows, and -1); sent twice, they are in it twice.
 *
 * `whole` and `first` copy a file that is there before they write (`atomic_writing`), which takes room and time.
 */
export type Chunk = 'whole' | 'first' | 'next' | 'last';

const ENDS: Readonly<Record<Chunk, string>> = {
  whole: '"}',
  first: '","chunk":1}',
  next: '","chunk":2}',
  last: '","chunk":-1}',
};
const BEGIN = '{"type":"file","format":"base64","content":"';

/**
 * The body of a request that puts bytes into a file. Put together by hand, and as bytes: a text of 5 MB would be gone through twice
 * more, to find what JSON has to escape (nothing in base64), and when it is sent.
 */
export const putBody = (bytes: Uint8Array, chunk: Chunk): PutBody => {
  const end = ENDS[chunk];
  const length = base64Length(bytes.length);
  const body = new Uint8Array(BEGIN.length + length + end.length);
  const text = new TextEncoder();
  text.encodeInto(BEGIN, body);
  encodeBase64(bytes, body.subarray(BEGIN.length));
  text.encodeInto(end, body.subarray(BEGIN.length + length));
  return body;
};
