import type { DriveCell } from '../wire.ts';
import { make, setClasses } from './dom.ts';
import { newEditor, type Editor } from './editor.ts';
import { newNotifier } from './notifier.ts';
import { outputView, type OutputSettings, type OutputView } from './output-view.ts';
import { Outputs } from './outputs.ts';
import { newRunButton, type CellStatus, type RunButton } from './run-button.ts';

/** One cell: what it holds and how it looks. */
export class Cell {
  readonly id: string;
  readonly type: 'code' | 'text';
  readonly outputs = new Outputs();
  readonly changed = newNotifier<null>();
  readonly runPressed = newNotifier<null>();
  readonly element: HTMLElement;
  readonly editor: Editor;
  readonly runButton: RunButton;
  executionCount: number | null;
  private text: string;
  private shownStatus: CellStatus = 'idle';
  private ranSource: string | null = null;
  private readonly outputView: OutputView;
  private readonly kept: DriveCell;

  constructor(file: DriveCell, settings: OutputSettings) {
    this.kept = file;
    this.id = file.id;
    this.type = file.cell_type === 'code' ? 'code' : 'text';
    this.text = typeof file.source === 'string' ? file.source : file.source.join('');
    this.executionCount = file.execution_count ?? null;
    for (const output of file.outputs ?? []) this.outputs.add(String(output['output_type']), output);
    this.editor = newEditor(this.text, (source) => {
      this.text = source;
      this.show();
      this.changed.emit(null);
    });
    this.runButton = newRunButton(() => this.runPressed.emit(null));
    this.outputView = outputView(this.outputs, settings);
    this.element = this.build();
    this.outputs.changed.listen(() => {
      this.show();
      this.changed.emit(null);
    });
    this.show();
  }

  get source(): string {
    return this.text;
  }

  setSource(source: string): void {
    this.text = source;
    this.editor.setSource(source);
    this.show();
    this.changed.emit(null);
  }

  get status(): CellStatus {
    return this.shownStatus;
  }

  setStatus(status: CellStatus): void {
    this.shownStatus = status;
    if (status === 'running') this.ranSource = this.text;
    this.show();
  }

  setOnScreen(isOnScreen: boolean): void {
    this.editor.setOnScreen(isOnScreen);
    this.outputView.setOnScreen(isOnScreen);
  }

  toFile(): DriveCell {
    const { id, text: source } = this;
    if (this.type === 'text') return { ...this.kept, id, source };
    return {
      ...this.kept,
      id,
      source,
      outputs: this.outputs.toJson(),
      execution_count: this.executionCount,
    };
  }

  private build(): HTMLElement {
    const gutter = make('div', { class: 'cell-gutter' }, this.runButton.element);
    const input = make('div', { class: `inputarea horizontal layout ${this.type}` }, this.editor.element);
    if (this.type === 'code') input.prepend(gutter);
    const inputOutput = make('div', { class: 'codecell-input-output' }, input);
    if (this.type === 'code') inputOutput.append(this.outputView.element);
    const contents = make('div', { class: 'cell-contents' }, inputOutput);
    const main = make('div', { class: 'main-content' }, contents);
    const classes = `cell ${this.type} notebook-cell`;
    return make('div', { class: classes, id: `cell-${this.id}`, tabindex: '-1' }, main);
  }

  private show(): void {
    const { shownStatus: status } = this;
    const failed = this.outputs.list.some(({ kind }) => kind === 'error');
    setClasses(this.element, {
      running: status === 'running',
      pending: status === 'pending',
      'code-has-output': this.outputs.list.length > 0,
    });
    const stale = this.ranSource !== null && this.ranSource !== this.text;
    this.runButton.show(status, { failed, stale });
  }
}
