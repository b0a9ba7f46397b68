import * as v from 'valibot';
import { make } from './dom.ts';
import type { Part } from './output-parts.ts';

export interface OutputFrame {
  readonly element: HTMLElement;
  readonly draw: (parts: readonly Part[]) => void;
  readonly remove: () => void;
}

const sandbox = [
  'allow-downloads allow-forms allow-pointer-lock allow-popups allow-popups-to-escape-sandbox',
  'allow-same-origin allow-scripts allow-storage-access-by-user-activation',
].join(' ');

const Said = v.object({ ready: v.optional(v.boolean()), height: v.optional(v.number()) });

/** The frame of one cell, on a host of its own: what an output's script does stays in there. */
export const openOutputFrame = (frameDomain: string): OutputFrame => {
  const origin = `https://${randomLabel()}-0-colab${frameDomain}`;
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', sandbox);
  frame.src = `${origin}/outputframe.html?vrz=colab_20261001-060000_RC00_000000000`;
  frame.style.cssText = 'width:100%;height:60px;border:0';
  const element = make('div', { class: 'outputview' }, frame);
  const state: { ready: boolean; parts: readonly Part[] } = { ready: false, parts: [] };
  const send = () => {
    if (state.ready) frame.contentWindow?.postMessage({ parts: state.parts }, origin);
  };
  const hear = (event: MessageEvent) => {
    const said = v.safeParse(Said, event.data);
    if (event.source !== frame.contentWindow || event.origin !== origin || !said.success) return;
    if (said.output.height !== undefined) frame.style.height = `${Math.min(said.output.height, 2000)}px`;
    if (said.output.ready !== true) return;
    state.ready = true;
    send();
  };
  window.addEventListener('message', hear);
  return {
    element,
    draw: (parts) => {
      state.parts = parts;
      send();
    },
    remove: () => {
      window.removeEventListener('message', hear);
      element.remove();
    },
  };
};

const randomLabel = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(36).padStart(2, '0')).join(
    '',
  );
