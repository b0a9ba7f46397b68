import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../../e2e/until.ts';
import { fileUrl, type Arrival, type Contender, type Course } from './contender.ts';
import type { UnwatchedBrowser } from './unwatched-browser.ts';

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

declare const window: {
  readonly JSZip: new () => JSZipLike;
  /** Packs a moment later, when who asked has let go of the page; then the title says when it began, or why it failed. */
  packLater: (pack: () => Promise<Blob>, name: string) => void;
};

/** Runs in the page, as all below it, so they use nothing from outside themselves. */
const providePackLater = (): void => {
  window.packLater = (pack, name) =>
    void setTimeout(async () => {
      const from = Date.now();
      try {
        const link = document.createElement('a');
        link.href = URL.createObjectURL(await pack());
        link.download = name;
        link.click();
        document.title = `Packed since ${from}`;
      } catch (error) {
        document.title = `Packed not: ${String(error)}`;
      }
    }, 1000);
};

/** Its documentation's way: blobs in, a blob out. */
const packWithJszip = ({ library, token, zip, files }: Asked): void =>
  window.packLater(async () => {
    await import(library);
    const archive = new window.JSZip();
    for (const { name, url } of files) {
      const response = await fetch(url, { headers: { authorization: `token ${token}` } });
      if (!response.ok) throw new Error(`${url} answered ${response.status}`);
      archive.file(name, response.blob());
    }
    return archive.generateAsync({ type: 'blob', compression: 'STORE' });
  }, zip);

/** Its documentation's way: a stream of responses in, a blob out. */
const packWithClientZip = ({ library, token, zip, files }: Asked): void =>
  window.packLater(async () => {
    const { downloadZip } = await import(library);
    const packed = downloadZip(
      (async function* () {
        for (const { name, url } of files)
          yield { name, input: await fetch(url, { headers: { authorization: `token ${token}` } }) };
      })(),
    );
    return packed.blob();
  }, zip);

/** Longer than any of them needs; a page that hangs, or crashed, has failed. */
const PATIENCE_MS = 10 * 60_000;

const packer = (
  name: keyof typeof libraries,
  pack: (asked: Asked) => void,
  browser: UnwatchedBrowser,
  downloads: string,
): Contender => ({
  name,
  run: async (course) => {
    // A page of the server's origin that needs no login and has nothing in it.
    const address = `${course.url}static/favicon.ico`;
    const asked = askedOf(name, course);
    await browser.visit(async (pages) => {
      const page = await pages.newPage();
      await page.goto(address);
      await page.evaluate(providePackLater);
      await page.evaluate(pack, asked);
    });
    try {
      return await arrivalOf(asked.zip, await browser.titled(address, 'Packed ', PATIENCE_MS), downloads);
    } finally {
      await browser.visit(async ({ context }) => {
        for (const page of context.pages()) if (page.url() === address) await page.goto('about:blank');
      });
    }
  },
});

const askedOf = (name: keyof typeof libraries, course: Course): Asked => {
  const { url, token, checkpoint } = course;
  return {
    library: `${url}files/${libraries[name].at}?token=${token}`,
    token,
    zip: `${checkpoint.name}-${name}.zip`,
    files: checkpoint.files.map((file) => ({
      name: `${checkpoint.name}/${file}`,
      url: fileUrl(course, file),
    })),
  };
};

/** @param title How the packing went, in the page's words. */
const arrivalOf = async (zip: string, title: string, downloads: string): Promise<Arrival> => {
  if (!title.startsWith('since ')) throw new Error(title.replace('not: ', ''));
  const here = await until(
    'a download',
    async () => (await readdir(downloads)).includes(zip) && Date.now(),
    // The browser gives it its name when all is written.
    { timeoutMs: PATIENCE_MS, intervalMs: 10 },
  );
  return { seconds: (here - Number(title.slice('since '.length))) / 1000, zip: join(downloads, zip) };
};

/** @param browser One without the extension. */
export const pageContenders = (browser: UnwatchedBrowser, downloads: string): readonly Contender[] => [
  packer('JSZip', packWithJszip, browser, downloads),
  packer('client-zip', packWithClientZip, browser, downloads),
];
