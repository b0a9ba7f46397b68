import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';
import { root } from '../root.ts';

/** The gallery of popup states without the extension around it, built: a state is loaded in a moment. */
export interface GalleryServer {
  /** Address of one state; `query` as the head of `gallery.tsx` describes it. */
  readonly address: (query: Readonly<Record<string, string>>) => string;
  readonly close: () => Promise<void>;
}

export const serveGallery = async (): Promise<GalleryServer> => {
  // Each worker has its own: it may serve while another still builds.
  const outDir = await mkdtemp(join(tmpdir(), 'holdfast-gallery-'));
  const shared = { root, configFile: false, logLevel: 'error', publicDir: false } as const;
  await build({
    ...shared,
    build: { outDir, minify: false, rollupOptions: { input: join(root, 'src/popup/gallery.html') } },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  });
  const server = await preview({ ...shared, build: { outDir }, preview: { port: 0 } });
  const [base] = server.resolvedUrls?.local ?? [];
  if (base === undefined) throw new Error('The gallery server has no address');
  return {
    address: (query) => `${base}src/popup/gallery.html?${new URLSearchParams(query).toString()}`,
    close: async () => {
      await server.close();
      await rm(outDir, { recursive: true, force: true });
    },
  };
};
