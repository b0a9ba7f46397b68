import { createHash } from 'node:crypto';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { hashesInZip } from './archive-readers.ts';
import { expect, MB, test, writeFolder } from './fixtures.ts';

test('a checkpoint whose files are links comes home whole, with what lies behind them', async ({
  home: { popup, folder },
}) => {
  const checkpoint = join(folder, 'out/checkpoint-7');
  const files = await writeFolder(join(folder, 'out'), {
    'blobs/large': 12 * MB,
    'blobs/small': 5000,
    'shared/vocab.txt': 300,
    'checkpoint-7/optimizer.pt': 100,
  });
  await symlink('../blobs/large', join(checkpoint, 'model.safetensors'));
  await symlink(join(folder, 'out/blobs/small'), join(checkpoint, 'config.json'));
  await symlink('../shared', join(checkpoint, 'tokenizer'));
  await mkdir(join(checkpoint, 'empty'));

  await popup.zipFolder('out/checkpoint-7');
  expect((await popup.ended()).state).toMatchObject({ kind: 'done', checked: 'verified' });
  const inZip = await hashesInZip(join(folder, 'downloads/checkpoint-7.zip'));
  const hash = (path: string): string =>
    createHash('sha256')
      .update(files[path] ?? '')
      .digest('hex');
  expect(inZip).toEqual({
    'checkpoint-7/config.json': hash('blobs/small'),
    'checkpoint-7/model.safetensors': hash('blobs/large'),
    'checkpoint-7/optimizer.pt': hash('checkpoint-7/optimizer.pt'),
    'checkpoint-7/tokenizer/vocab.txt': hash('shared/vocab.txt'),
  });
});
