import { browser } from '../browser/browser.ts';
import type { HealthReport } from '../protocol/health-report.ts';
import { isColab } from './colab-site.ts';
import type { Notebook } from './notebook.ts';
import type { NotebookStore } from './notebook-store.ts';
import { askPage } from './page-link.ts';
import type { ServerDesk } from './server-desk.ts';

export interface HealthDesk {
  report(tabId: number | null): Promise<HealthReport | null>;
}

/** Tells how a notebook page is read and written: for the health page, and for whoever repairs a platform. */
export const createHealthDesk = (store: NotebookStore, servers: ServerDesk): HealthDesk => ({
  async report(tabId) {
    const inTab = tabId === null ? [] : store.inTab(tabId);
    const notebook = inTab.find(({ current }) => current) ?? inTab[0];
    if (notebook === undefined) return null;
    const reply = await askPage(notebook, { kind: 'routes', path: notebook.path });
    return {
      site: siteOf(notebook),
      platform: notebook.platform,
      application: notebook.application,
      kernelTap: notebook.kernelTap,
      connection: notebook.connection.kind,
      files: notebook.files,
      filesRoute: servers.route(notebook.id),
      powers: reply.kind === 'routes' ? reply.routes : [],
      extensionVersion: browser.runtime.getManifest().version,
    };
  },
});

/** The address of a server of the user's own is nobody's business. */
const siteOf = ({ origin }: Notebook): HealthReport['site'] => {
  if (isColab(origin)) return 'colab';
  const { hostname } = new URL(origin);
  return hostname === 'localhost' || hostname === '127.0.0.1' ? 'this-computer' : 'other';
};
