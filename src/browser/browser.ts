/** The only door to the browser's extension API; leaving the polyfill means changing this line. */
export { default as browser } from 'webextension-polyfill';
export type { Runtime } from 'webextension-polyfill';
