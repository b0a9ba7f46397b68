import { make, makeShadowed } from './dom.ts';
import { reportClick } from './server.ts';
import type { Words } from './words.ts';

export type ButtonFace = 'connect' | 'allocating' | 'reconnecting' | 'connected' | 'busy';

export interface ConnectButton {
  readonly element: HTMLElement;
  readonly show: (face: ButtonFace) => void;
}

const icons = { connected: 'done', busy: 'more_horiz', allocating: 'more_horiz', reconnecting: 'more_horiz' };

/** The resource display inside exists only while connected; the words around it are translated. */
export const newConnectButton = (words: Words, onPress: () => void): ConnectButton => {
  const button = make('div', { id: 'connect', role: 'button', tabindex: '0' });
  button.addEventListener('click', (event) => {
    reportClick('connect', event);
    onPress();
  });
  const element = makeShadowed('colab-connect-button', {}, button);
  const label = { connect: words.connect, allocating: words.allocating, reconnecting: words.reconnecting };
  const show = (face: ButtonFace) => {
    if (face === 'connect') return button.replaceChildren(make('span', {}, label.connect));
    const icon = make('md-icon', { id: 'connect-icon' }, icons[face]);
    const rest =
      face === 'connected' || face === 'busy'
        ? make('div', { id: 'connect-button-resource-display' }, make('span', { class: 'ram' }, words.ram))
        : make('span', {}, label[face]);
    button.replaceChildren(icon, rest);
  };
  show('connect');
  return { element, show };
};
