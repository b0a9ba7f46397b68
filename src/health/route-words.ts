import type { MessageKey } from '../protocol/messages-key.ts';
import type { Translate } from '../popup/translate.ts';

const ROUTE: Readonly<Record<string, MessageKey>> = {
  application: 'route_application',
  'kernel socket': 'route_kernel_socket',
  'page and output frames': 'route_page_and_frames',
  'connect button': 'route_connect_button',
  'tool layer': 'route_tool_layer',
  toolbar: 'route_toolbar',
  server: 'route_server',
  proxy: 'route_proxy',
  'runtime proxy': 'route_proxy',
  tunnel: 'route_tunnel',
};

/** A way in words. Members of the page's own objects (`notebook.cells`) are called by their names in every language. */
export const routeWords = (t: Translate, route: string): string => {
  const key = ROUTE[route];
  return key === undefined ? route : t(key);
};

const WHY: Readonly<Record<string, MessageKey>> = { 'not there': 'route_not_there' };

/** A way that is not used, and why. */
export const otherRoute = (
  t: Translate,
  { route, why }: { readonly route: string; readonly why: string },
): string => {
  const key = WHY[why];
  return t('route_why', [routeWords(t, route), key === undefined ? why : t(key)]);
};
