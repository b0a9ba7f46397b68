import { text } from '../foreign-object.ts';
import type { Machine } from '../platform.ts';
import { isConnected } from './connection.ts';
import { kernelObject, type ColabPage } from './notebook-object.ts';
import { noticeOn } from './notices.ts';

/**
 * The machine that Colab lends to the notebook. Its own page compares `endpoint.managedId` to tell a new one (its
 * bundle, 2026).
 */
export const machineOf = (page: ColabPage): Machine => ({
  id: text(kernelObject(page), 'endpoint', 'managedId'),
  kind: text(kernelObject(page), 'runtime', 'kind'),
  connected: isConnected(page),
  notice: noticeOn(page.document),
});
