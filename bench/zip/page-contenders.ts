import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { HoldfastBrowser } from '../../e2e/extension/browser.ts';
import { until } from '../../e2e/until.ts';
import { fileUrl, type Arrival, type Contender, type Course } from './contender.ts';

/** Where the server has the two libraries, below its root; the bench puts them there. */
export const libraries = {
  JSZip: { from: 'node_modules/jszip/dist/jszip.min.js', at: 'libraries/jszip.js' },
  'client-zip': { from: 'node_modules/client-zip/index.js', at: 'libraries/client-zip.js' },
} as const;

interface Asked {
  readonly library: string;
  readonly token: string;
  readonly zip: string;
  readonly files: readonly { readonly name: string; readonly url: string }[];
}

interface JSZipLike {
  file(name: string, body: Promise<Blob>): void;
  generateAsync(options: { type: 'blob'; compression: 'STORE' }): Promise<Blob>;
}

declare const window: { readonly JSZip: new () => JSZipLike };

/** Runs in the page, so it uses nothing from outside itself. Its documentation's way: blobs in, a blob out. */
const packWithJszip = async ({ library, token, zip, files }: Asked): Promise<void> => {
  await import(library);
  const archive = new window.JSZip();
  for (const { name, url } of files) {
    const response = await fetch(url, { headers: { authorization: `token ${token}` } });
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    archive.file(name, response.blob());
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await archive.generateAsync({ type: 'blob', compression: 'STORE' }));
  link.download = zip;
  link.click();
};

/** The same. Its documentation's way: a stream of responses in, a blob out. */
const packWithClientZip = async ({ library, token, zip, files }: Asked): Promise<void> => {
  const { downloadZip } = await import(library);
  const packed = downloadZip(
    (async function* () {
      for (const { name, url } of files)
        yield { name, input: await fetch(url, { headers: { authorization: `token ${token}` } }) };
    })(),
  );
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await packed.blob());
  link.download = zip;
  link.click();
};

/** Longer than any of them needs; a page that hangs has failed. */
const PATIENCE_MS = 15 * 60_000;

const packer = (
  name: keyof typeof libraries,
  pack: (asked: Asked) => Promise<void>,
  browser: HoldfastBrowser,
  downloads: string,
): Contender => ({
  name,
  run: async (course) => {
    const page = await browser.context.newPage();
    try {
      return await packIn(page, name, pack, course, downloads);
    } finally {
      await page.close();
    }
  },
});

const packIn = async (
  page: Page,
  name: keyof typeof libraries,
  pack: (asked: Asked) => Promise<void>,
  course: Course,
  downloads: string,
): Promise<Arrival> => {
  const { url, token, checkpoint } = course;
  // A page of the server's origin that needs no login and has nothing in it.
  await page.goto(`${url}static/favicon.ico`);
  const crashed = new Promise<never>((_, reject) => {
    page.once('crash', () => reject(new Error('the page crashed')));
  });
  const asked = {
    library: `${url}files/${libraries[name].at}?token=${token}`,
    token,
    zip: `${checkpoint.name}-${name}.zip`,
    files: checkpoint.files.map((file) => ({
      name: `${checkpoint.name}/${file}`,
      url: fileUrl(course, file),
    })),
  };
  const from = performance.now();
  await Promise.race([page.evaluate(pack, asked), crashed]);
  await until(
    'a download',
    async () => (await readdir(downloads)).includes(asked.zip),
    // The browser gives it its name when all is written.
    { timeoutMs: PATIENCE_MS, intervalMs: 10 },
  );
  return { seconds: (performance.now() - from) / 1000, zip: join(downloads, asked.zip) };
};

/** @param browser One without the extension. */
export const pageContenders = (browser: HoldfastBrowser, downloads: string): readonly Contender[] => [
  packer('JSZip', packWithJszip, browser, downloads),
  packer('client-zip', packWithClientZip, browser, downloads),
];
