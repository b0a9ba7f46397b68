import { crx, type ManifestV3Export } from '@crxjs/vite-plugin';
import { defineConfig } from 'vite';
import manifest from './manifest.json' with { type: 'json' };

/** One source, two manifests: Firefox runs the background as an event page, Chrome as a service worker. */
const manifestFor = (browser: 'chrome' | 'firefox'): ManifestV3Export => {
  const {
    background,
    browser_specific_settings: { gecko },
    permissions,
    ...shared
  } = manifest;
  return browser === 'firefox'
    ? {
        ...shared,
        // Its background page starts the worker itself.
        permissions: permissions.filter((name) => name !== 'offscreen'),
        browser_specific_settings: {
          gecko: { ...gecko, data_collection_permissions: { required: ['none'] } },
        },
        background: { scripts: [background.service_worker], type: 'module' },
      }
    : {
        ...shared,
        permissions,
        background: { service_worker: background.service_worker, type: 'module' },
        minimum_chrome_version: '120',
      };
};

export default defineConfig(({ mode }) => {
  const browser = mode === 'firefox' ? 'firefox' : 'chrome';
  return {
    build: {
      outDir: `dist/${browser}`,
      emptyOutDir: true,
      target: browser === 'firefox' ? 'firefox140' : 'chrome120',
      // Pages fetch all their parts at once; a service worker has no document that could.
      modulePreload: {
        polyfill: false,
        resolveDependencies: (_file, parts, { hostType }) => (hostType === 'html' ? parts : []),
      },
      // Pages that no entry of the manifest names.
      rollupOptions: {
        input: {
          dashboard: 'src/dashboard/index.html',
          health: 'src/health/index.html',
          restore: 'src/restore/index.html',
          offscreen: 'src/transfer/offscreen.html',
        },
      },
    },
    // The transfer worker loads its parts as modules.
    worker: { format: 'es' },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    plugins: [crx({ manifest: manifestFor(browser), browser })],
  };
});
