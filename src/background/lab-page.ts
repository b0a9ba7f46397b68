import type { TabPage } from './tab-pages.ts';

/** The page of a JupyterLab on this machine, as tests have it. */
export const labPage: TabPage = {
  origin: 'http://localhost:8888',
  pathname: '/lab',
  baseUrl: '/',
  serverRoot: '/root',
  platform: 'jupyterlab',
  canInsert: true,
  application: 'working',
  kernelTap: 'standing-by',
};
