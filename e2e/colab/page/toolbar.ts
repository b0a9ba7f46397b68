import { make } from './dom.ts';
import { reportClick } from './server.ts';

export type MenuCommand = 'runall' | 'runbefore' | 'runfocused' | 'runafter' | 'interrupt' | 'restart';

const commands: readonly MenuCommand[] = [
  'runall',
  'runbefore',
  'runfocused',
  'runafter',
  'interrupt',
  'restart',
];

/** The menu and the button that inserts a cell. `addCode` is undefined where the page has no such button. */
export const newToolbar = (
  label: string,
  onCommand: (command: MenuCommand) => void,
  addCode: (() => void) | undefined,
): HTMLElement => {
  const menu = make('div', { class: 'goog-menu goog-menu-vertical', role: 'menu' });
  menu.style.cssText = 'display:none;position:absolute;z-index:5;background:Canvas;border:1px solid';
  const opener = make('div', { id: 'runtime-menu-button', class: 'goog-control', role: 'menuitem' }, label);
  opener.addEventListener('click', () => {
    menu.style.display = menu.style.display === 'none' ? 'block' : 'none';
  });
  const choose = (command: MenuCommand) => {
    menu.style.display = 'none';
    onCommand(command);
  };
  menu.append(...commands.map((command) => menuItem(command, choose)));
  const toolbar = make('div', { id: 'top-toolbar' }, opener, menu);
  if (addCode !== undefined) toolbar.append(addCodeButton(addCode));
  return toolbar;
};

/** Closure's menus listen to the mouse going down and up; a click without them does nothing. */
const menuItem = (command: MenuCommand, choose: (command: MenuCommand) => void): HTMLElement => {
  const item = make('div', { class: 'goog-menuitem', role: 'menuitem', command }, command);
  const pressed = { is: false };
  item.addEventListener('mousedown', () => {
    pressed.is = true;
  });
  item.addEventListener('mouseup', (event) => {
    if (!pressed.is) return;
    pressed.is = false;
    reportClick(`menu-${command}`, event);
    choose(command);
  });
  return item;
};

const addCodeButton = (addCode: () => void): HTMLElement => {
  const attributes = { id: 'toolbar-add-code', command: 'insert-cell-below', role: 'button' };
  const button = make('colab-toolbar-button', attributes, '+');
  button.style.cssText = 'display:inline-block;padding:2px 8px;cursor:pointer';
  button.addEventListener('click', (event) => {
    reportClick('add-code', event);
    addCode();
  });
  return button;
};
