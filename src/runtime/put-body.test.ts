import { expect, test } from 'vitest';
import { putBody } from './put-body.ts';

test.each([
  ['whole', undefined],
  ['first', 1],
  ['next', 2],
  ['last', -1],
] as const)('is what the server takes for %s', async (chunk, number) => {
  const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i % 256);
  const content = Buffer.from(bytes).toString('base64');
  const model: unknown = JSON.parse(await putBody(bytes, chunk).text());
  expect(model).toEqual({
    type: 'file',
    format: 'base64',
    content,
    ...(number === undefined ? {} : { chunk: number }),
  });
});
