import type { Boot } from '../wire.ts';
import { make } from './dom.ts';
import { openOutputFrame, type OutputFrame } from './output-frame.ts';
import { drawAll, needsFrame, partOf } from './output-parts.ts';
import type { Outputs } from './outputs.ts';

export type OutputSettings = Pick<Boot, 'text' | 'outputFramesBlocked' | 'frameDomain'>;

export interface OutputView {
  readonly element: HTMLElement;
  /** Text of a cell that is off the screen leaves the document. */
  readonly setOnScreen: (isOnScreen: boolean) => void;
}

const REDRAWN_AT_MOST_EVERY_MS = 50;

/** Draws a cell's outputs: plain text in the page, everything in one frame as soon as a part of it needs one. */
export const outputView = (outputs: Outputs, settings: OutputSettings): OutputView => {
  const sizer = make('div', { class: 'output-iframe-sizer' });
  const container = make('div', { class: 'output-iframe-container' }, sizer);
  const element = make('div', { class: 'output' }, make('div', { class: 'output-content' }, container));
  const state: { onScreen: boolean; frame: OutputFrame | null; scheduled: boolean } = {
    onScreen: true,
    frame: null,
    scheduled: false,
  };

  const drawFramed = () => {
    sizer.replaceChildren();
    state.frame ??= openOutputFrame(settings.frameDomain);
    if (!state.frame.element.isConnected) container.append(state.frame.element);
    state.frame.draw(outputs.list.map(partOf));
  };
  const drawInline = () => {
    state.frame?.remove();
    state.frame = null;
    const isEmpty = outputs.list.length === 0;
    if (!state.onScreen || isEmpty) {
      sizer.style.minHeight = isEmpty ? '' : `${sizer.offsetHeight}px`;
      sizer.replaceChildren();
      return;
    }
    const renderer = sizer.querySelector('colab-static-output-renderer') ?? staticRenderer();
    if (!renderer.isConnected) sizer.append(renderer);
    sizer.style.minHeight = '';
    drawAll(outputs.list.map(partOf), renderer.firstElementChild ?? renderer);
  };
  const redraw = () => {
    state.scheduled = false;
    const framed =
      outputs.list.some(needsFrame) ||
      (outputs.list.length > 0 && (settings.text === 'framed' || settings.outputFramesBlocked));
    if (framed) drawFramed();
    else drawInline();
  };
  const schedule = () => {
    if (state.scheduled) return;
    state.scheduled = true;
    setTimeout(redraw, REDRAWN_AT_MOST_EVERY_MS);
  };
  outputs.changed.listen(schedule);
  redraw();
  return {
    element,
    setOnScreen: (isOnScreen) => {
      if (state.onScreen === isOnScreen) return;
      state.onScreen = isOnScreen;
      redraw();
    },
  };
};

const staticRenderer = (): HTMLElement =>
  make('colab-static-output-renderer', { tabindex: '0', role: 'group' }, make('div'));
