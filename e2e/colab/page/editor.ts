import { make } from './dom.ts';

const LINE_HEIGHT = 19;
const counter = { models: 0 };

export interface Editor {
  readonly element: HTMLElement;
  readonly setSource: (source: string) => void;
  readonly focus: () => void;
  /** Off the screen a coloured copy stands in for the editor. */
  readonly setOnScreen: (isOnScreen: boolean) => void;
  /** The window scrolled: other lines are on the screen now. */
  readonly scrolled: () => void;
}

/**
 * Markup like Monaco's: only the lines on the screen are there, with no-break spaces. A plain text area takes the
 * keys and the clipboard.
 */
export const newEditor = (firstSource: string, onEdit: (source: string) => void): Editor => {
  counter.models += 1;
  const input = document.createElement('textarea');
  input.className = 'inputarea monaco-mouse-cursor-text';
  input.style.cssText = 'position:absolute;inset:0;width:100%;height:100%;opacity:0;resize:none;border:0';
  const lines = make('div', { class: 'view-lines monaco-mouse-cursor-text' });
  lines.style.cssText = 'position:absolute;inset:0;font:14px/19px monospace;pointer-events:none';
  const uri = `inmemory://model/${counter.models}`;
  const monaco = make('div', { class: 'monaco-editor vs', role: 'code', 'data-uri': uri }, lines, input);
  monaco.style.cssText = 'position:absolute;inset:0';
  const element = make('div', { class: 'editor flex lazy-editor' }, monaco);
  element.style.cssText = 'position:relative;overflow:hidden';
  const state = { source: firstSource, onScreen: true };

  const showLines = () => {
    if (!state.onScreen) return;
    const { top } = element.getBoundingClientRect();
    const first = Math.max(0, Math.floor(-top / LINE_HEIGHT));
    const count = Math.ceil(window.innerHeight / LINE_HEIGHT);
    const shown = state.source.split('\n').slice(first, first + count);
    lines.replaceChildren(...shown.map((line, index) => viewLine(line, first + index)));
  };
  const showAll = () => {
    element.style.height = `${Math.max(1, state.source.split('\n').length) * LINE_HEIGHT}px`;
    if (state.onScreen) {
      element.replaceChildren(monaco);
      showLines();
    } else element.replaceChildren(lazyCopy(state.source));
  };
  input.addEventListener('input', () => {
    state.source = input.value;
    showAll();
    onEdit(state.source);
  });
  input.value = firstSource;
  showAll();
  return {
    element,
    setSource: (source) => {
      state.source = source;
      input.value = source;
      showAll();
    },
    focus: () => input.focus(),
    setOnScreen: (isOnScreen) => {
      if (state.onScreen === isOnScreen) return;
      state.onScreen = isOnScreen;
      showAll();
    },
    scrolled: showLines,
  };
};

const viewLine = (line: string, index: number): HTMLElement => {
  const element = make(
    'div',
    { class: 'view-line' },
    make('span', {}, make('span', { class: 'mtk1' }, spaced(line))),
  );
  element.style.cssText = `position:absolute;top:${index * LINE_HEIGHT}px`;
  return element;
};

const lazyCopy = (source: string): HTMLElement =>
  make('pre', { class: 'lazy-virtualized' }, make('pre', { class: 'monaco-colorized' }, spaced(source)));

const spaced = (text: string): string => text.replaceAll(' ', '\u{a0}');
