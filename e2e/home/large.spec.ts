import { createWriteStream } from 'node:fs';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { popupPage } from '../extension/popup-page.ts';
import { loraStory, pacedStory, trainingCell } from '../notebooks/lora-story.ts';
import { indexOf } from '../notebooks/notebook.ts';
import { train } from '../training.ts';
import { hashesInZip, hashesOnDisk, namesForOthers } from './archive-readers.ts';
import { downloaded, expect, MB, popupOf, test, writeFolder } from './fixtures.ts';

/** A file too large to be made in one go. */
const writeLarge = async (path: string, bytes: number): Promise<void> => {
  await mkdir(join(path, '..'), { recursive: true });
  const block = randomBytes(MB);
  await pipeline(function* () {
    for (let at = 0; at < bytes; at += MB) {
      block.writeUInt32LE(at / MB, 0);
      yield Buffer.from(block.subarray(0, Math.min(MB, bytes - at)));
    }
  }, createWriteStream(path));
};

test(
  'three checkpoints of 200 MB come home in one zip while the kernel trains',
  { tag: '@long' },
  async ({ open, folder, browserWithExtension }) => {
    test.setTimeout(300_000);
    const names = ['checkpoint-100', 'checkpoint-200', 'checkpoint-300'];
    for (const name of names)
      await writeFolder(join(folder, 'big', name), {
        'model.safetensors': 190 * MB,
        'optimizer.pt': 10 * MB,
      });
    const notebook = await open(loraStory({ ...pacedStory, maxSteps: 2000, saveSteps: 500 }));
    const { page } = await train(notebook, browserWithExtension);
    const popup = popupOf(page);
    await notebook.waitForStep(indexOf(notebook.notebook, trainingCell), 50);
    await popup.zipFolder('big');
    const before = await notebook.progress(indexOf(notebook.notebook, trainingCell));
    expect((await popup.ended(120_000)).state).toMatchObject({ kind: 'done', checked: 'verified' });
    const after = await notebook.progress(indexOf(notebook.notebook, trainingCell));
    expect(after?.step, 'it trained meanwhile').toBeGreaterThan((before?.step ?? 0) + 20);
    expect(await downloaded(folder)).toEqual(['big.zip']);
    const zip = join(folder, 'downloads/big.zip');
    const source = await hashesOnDisk(join(folder, 'big'), 'big');
    expect(await hashesInZip(zip)).toEqual(source);
    for (const read of Object.values(await namesForOthers(zip)))
      expect(read).toEqual(Object.keys(source).toSorted());
    await popupPage(page).says(/^Finished, step 2000$/, { timeoutMs: 120_000 });
  },
);

test('a file of 5 GB comes home', { tag: '@long' }, async ({ home: { popup, folder } }) => {
  test.setTimeout(900_000);
  await writeLarge(join(folder, 'out/checkpoint-7/model.safetensors'), 5000 * MB);
  await popup.zipFolder('out/checkpoint-7');
  const { state } = await popup.ended(800_000);
  // Of a file of more than a gibibyte no hash is asked for: the server would hold all of it in memory.
  expect(state).toMatchObject({ kind: 'done', checked: 'size-checked' });
  const zip = join(folder, 'downloads/checkpoint-7.zip');
  expect((await stat(zip)).size).toBeGreaterThan(5000 * MB);
  expect(await hashesInZip(zip)).toEqual(
    await hashesOnDisk(join(folder, 'out/checkpoint-7'), 'checkpoint-7'),
  );
});

test('10,000 small files come home', { tag: '@long' }, async ({ home: { popup, folder } }) => {
  test.setTimeout(900_000);
  for (let at = 0; at < 10_000; at += 1) {
    const place = join(folder, `out/many/${at % 100}`);
    if (at < 100) await mkdir(place, { recursive: true });
    await writeFile(join(place, `${at}.json`), JSON.stringify({ at, text: 'x'.repeat(at % 300) }));
  }
  await popup.zipFolder('out/many');
  expect((await popup.ended(800_000)).state).toMatchObject({ kind: 'done', checked: 'verified' });
  expect(await hashesInZip(join(folder, 'downloads/many.zip'))).toEqual(
    await hashesOnDisk(join(folder, 'out/many'), 'many'),
  );
});

test('names that no other system has come home under harmless ones', async ({ home: { popup, folder } }) => {
  await writeFolder(join(folder, 'out/checkpoint-7'), {
    'aux.bin': 10,
    'a:b*c?.bin': 11,
    'it\'s "quoted".bin': 12,
    'Same.bin': 13,
    'same.bin': 14,
    'trailing. ': 15,
    'größe 模型.bin': 16,
    'sub\\dir.bin': 17,
  });
  await popup.zipFolder('out/checkpoint-7');
  expect((await popup.ended()).state).toMatchObject({ kind: 'done', checked: 'verified' });
  const inZip = await hashesInZip(join(folder, 'downloads/checkpoint-7.zip'));
  const onDisk = await hashesOnDisk(join(folder, 'out/checkpoint-7'), 'checkpoint-7');
  expect(Object.values(inZip).toSorted(), 'no file is lost').toEqual(Object.values(onDisk).toSorted());
  const names = Object.keys(inZip);
  expect(names).toContain('checkpoint-7/größe 模型.bin');
  for (const name of names) expect(name).toMatch(/^checkpoint-7\/[^/\\:*?"<>|]*[^. ]$/);
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  expect(names).not.toContain('checkpoint-7/aux.bin');
});
