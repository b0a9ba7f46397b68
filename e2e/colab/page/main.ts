import * as v from 'valibot';
import { Boot } from '../wire.ts';
import { newCommands } from './commands.ts';
import { newConnectButton } from './connect-button.ts';
import { Connection } from './connection.ts';
import { obeyControls } from './control-line.ts';
import type { Desk } from './desk.ts';
import { make } from './dom.ts';
import { newNotices } from './notices.ts';
import { Notebook } from './notebook.ts';
import { exposePageObjects } from './page-objects.ts';
import { Runner } from './runner.ts';
import { socketClass } from './socket-class.ts';
import { newToolbar } from './toolbar.ts';
import { words as allWords } from './words.ts';

/** The stand-in for Colab's page: wires its parts and puts them into the document. */
const main = (): void => {
  const boot = v.parse(Boot, JSON.parse(document.querySelector('#stand-in-boot')?.textContent ?? ''));
  const words = allWords[boot.language];
  const notebook = new Notebook(boot.notebook, boot, words);
  const connection = new Connection({
    protocol: boot.kernelProtocol,
    socketClass: socketClass(boot.kernelSocket),
  });
  const runner = new Runner(notebook, connection);
  const desk: Desk = { boot, notebook, connection, runner };
  const commands = newCommands(desk);
  const notices = newNotices(words, boot.oldDialogTags);
  const button = newConnectButton(words, () => {
    if (connection.state === 'connect') void connection.connect();
  });
  const showState = () => {
    button.show(connection.state === 'connected' && runner.isBusy ? 'busy' : connection.state);
  };
  connection.changed.listen(showState);
  runner.changed.listen(showState);
  runner.crashed.listen(notices.crashed);
  connection.refused.listen(() => notices.limit(() => void connection.connect()));
  notebook.runPressed.listen(commands.pressRun);

  const addCode = () => {
    const above = notebook.focused === null ? -1 : notebook.cells.indexOf(notebook.focused);
    notebook.insert(above + 1, 'code');
  };
  const hasButton = boot.insert !== 'none';
  const toolbar = newToolbar(words.runtime, commands.choose, hasButton ? addCode : undefined);
  const scroller = make('colab-shaded-scroller', { id: 'notebook-main' }, notebook.element);
  scroller.style.cssText = 'display:block;position:absolute;inset:60px 0 0;overflow:auto';
  scroller.addEventListener('scroll', () => notebook.scrolled());
  document.body.append(make('div', { id: 'header' }, toolbar, button.element), scroller, notices.snackbar);
  runByKeys(desk, commands.runFocused);
  if (boot.pageObjects === 'there') exposePageObjects(desk);
  obeyControls(desk, notices);
  if (boot.lent) void connection.connect();
};

const runByKeys = ({ notebook }: Desk, runFocused: () => void): void => {
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey || event.shiftKey)) return;
    event.preventDefault();
    runFocused();
    const next = notebook.cells[notebook.cells.findIndex((cell) => cell === notebook.focused) + 1];
    if (event.shiftKey && next !== undefined) notebook.focus(next);
  });
};

main();
