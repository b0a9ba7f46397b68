import { make, makeShadowed, setClasses } from './dom.ts';
import { reportClick } from './server.ts';

export type CellStatus = 'idle' | 'pending' | 'running';

export interface RunButton {
  readonly element: HTMLElement;
  readonly show: (status: CellStatus, more: { failed: boolean; stale: boolean }) => void;
}

const SVG = 'http://www.w3.org/2000/svg';

/** Its symbols, told apart by the ids of their masks, are the same in every language. */
export const newRunButton = (onPress: () => void): RunButton => {
  const mask = document.createElementNS(SVG, 'mask');
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('width', '20');
  svg.setAttribute('height', '20');
  svg.setAttribute('fill', 'currentColor');
  const symbol = document.createElementNS(SVG, 'path');
  svg.append(mask, symbol);
  const execution = make('div', { class: 'cell-execution', role: 'button', tabindex: '0' }, svg);
  execution.style.cssText = 'width:20px;height:20px;cursor:pointer';
  execution.addEventListener('click', (event) => {
    reportClick('run', event);
    onPress();
  });
  const element = makeShadowed('colab-run-button', {}, execution);
  const show: RunButton['show'] = (status, { failed, stale }) => {
    mask.id = status === 'idle' ? 'playSymbolMask' : 'stopSymbolMask';
    symbol.setAttribute('d', status === 'idle' ? 'M5 3v14l12-7z' : 'M4 4h12v12H4z');
    const running = status === 'running';
    setClasses(execution, {
      pending: status === 'pending',
      animating: running,
      running,
      error: failed,
      stale,
    });
  };
  show('idle', { failed: false, stale: false });
  return { element, show };
};
