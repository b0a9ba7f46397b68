import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'vite';
import { root } from '../root.ts';

/** The gallery of popup states, served from its sources without the extension around it. */
export interface GalleryServer {
  /** Address of one state; `query` as the head of `gallery.tsx` describes it. */
  readonly address: (query: Readonly<Record<string, string>>) => string;
  readonly close: () => Promise<void>;
}

export const serveGallery = async (): Promise<GalleryServer> => {
  const cacheDir = await mkdtemp(join(tmpdir(), 'holdfast-gallery-'));
  const server = await createServer({
    root,
    configFile: false,
    logLevel: 'error',
    // Several workers serve at once: each on a free port, none reloading its page under a test.
    server: { port: 0, hmr: false, watch: null },
    cacheDir,
    optimizeDeps: { noDiscovery: true, include: ['preact', 'preact/hooks', 'preact/jsx-dev-runtime'] },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    publicDir: false,
  });
  await server.listen();
  const [base] = server.resolvedUrls?.local ?? [];
  if (base === undefined) throw new Error('The gallery server has no address');
  return {
    address: (query) => `${base}src/popup/gallery.html?${new URLSearchParams(query).toString()}`,
    close: async () => {
      await server.close();
      await rm(cacheDir, { recursive: true, force: true });
    },
  };
};
