import type { DriveCell, DriveFile } from '../wire.ts';
import { Cell } from './cell.ts';
import { make } from './dom.ts';
import { newNotifier } from './notifier.ts';
import type { OutputSettings } from './output-view.ts';
import { storeNotebook } from './server.ts';
import type { Words } from './words.ts';

const SAVED_AFTER_MS = 150;

/** The notebook on the page: its cells in order, the one in focus, and its way back to the Drive. */
export class Notebook {
  readonly element = make('div', { class: 'notebook-cell-list', role: 'list' });
  readonly runPressed = newNotifier<Cell>();
  focused: Cell | null = null;
  private list: Cell[] = [];
  private saving: ReturnType<typeof setTimeout> | null = null;
  private readonly screen: IntersectionObserver;

  constructor(
    private readonly file: DriveFile,
    private readonly settings: OutputSettings,
    private readonly words: Words,
  ) {
    this.screen = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        this.list.find(({ element }) => element === target)?.setOnScreen(isIntersecting);
      }
    });
    for (const cell of file.cells) this.place(cell, this.list.length);
    if (this.list[0] !== undefined) this.focus(this.list[0]);
  }

  get cells(): readonly Cell[] {
    return this.list;
  }

  cellWith(id: string): Cell | null {
    return this.list.find((cell) => cell.id === id) ?? null;
  }

  /** A new empty cell, in focus. */
  insert(index: number, type: 'code' | 'markdown', source = ''): Cell {
    const id = newCellId();
    const cell = this.place({ cell_type: type, id, source, metadata: {} }, index);
    this.focus(cell);
    this.save();
    return cell;
  }

  remove(cell: Cell): void {
    this.list = this.list.filter((other) => other !== cell);
    this.screen.unobserve(cell.element);
    cell.element.nextElementSibling?.remove();
    cell.element.remove();
    if (this.focused === cell) this.focused = null;
    this.save();
  }

  move(cell: Cell, index: number): void {
    const others = this.list.filter((other) => other !== cell);
    const buttons = cell.element.nextElementSibling;
    this.element.insertBefore(cell.element, others[index]?.element ?? null);
    if (buttons !== null) cell.element.after(buttons);
    this.list = others.toSpliced(index, 0, cell);
    this.save();
  }

  focus(cell: Cell): void {
    for (const other of this.list) other.element.classList.toggle('focused', other === cell);
    this.focused = cell;
  }

  scrolled(): void {
    for (const cell of this.list) cell.editor.scrolled();
  }

  toFile(): DriveFile {
    return { ...this.file, cells: this.list.map((cell) => cell.toFile()) };
  }

  /** Soon, once for many changes. */
  save(): void {
    this.saving ??= setTimeout(() => this.saveNow(), SAVED_AFTER_MS);
  }

  saveNow(): void {
    if (this.saving !== null) clearTimeout(this.saving);
    this.saving = null;
    storeNotebook(this.toFile());
  }

  private place(file: DriveCell, index: number): Cell {
    const cell = new Cell(file, this.settings);
    this.element.insertBefore(cell.element, this.list[index]?.element ?? null);
    cell.element.after(this.addButtons(cell));
    this.list = this.list.toSpliced(index, 0, cell);
    cell.changed.listen(() => this.save());
    cell.runPressed.listen(() => this.runPressed.emit(cell));
    cell.element.addEventListener('mousedown', () => this.focus(cell));
    this.screen.observe(cell.element);
    return cell;
  }

  private addButtons(above: Cell): HTMLElement {
    const button = (className: string, label: string, type: 'code' | 'markdown') => {
      const element = make('button', { class: className }, label);
      element.addEventListener('click', () => this.insert(this.list.indexOf(above) + 1, type));
      return element;
    };
    return make(
      'div',
      { class: 'add-cell' },
      button('add-code', this.words.addCode, 'code'),
      button('add-text', this.words.addText, 'markdown'),
    );
  }
}

/** Twelve letters and digits, as Colab names its cells. */
const newCellId = (): string => crypto.randomUUID().replaceAll('-', '').slice(0, 12);
