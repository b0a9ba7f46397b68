import type { ColabPage } from './notebook-object.ts';

/** How a page of Colab may differ from another. */
export interface FakeOptions {
  readonly tools?: boolean;
  readonly insertCell?: boolean;
  readonly toolbar?: boolean;
  /** `setText` shows after this long. */
  readonly setTextMs?: number;
  /** Where a new cell really goes, counted from where it should. */
  readonly offBy?: number;
  /** What stands in a new cell at first. */
  readonly prefilled?: string;
  readonly connected?: boolean;
}

interface FakeCell {
  readonly id: string;
  source: string;
  running: boolean;
  count: number;
}

/** A notebook that behaves as Colab's does, its slowness and its silence included; for the tests beside it. */
export const fakeNotebook = (sources: readonly string[], options: FakeOptions = {}) => {
  const cells: FakeCell[] = sources.map((source, index) => ({
    id: `cell${index}`,
    source,
    running: false,
    count: 0,
  }));
  const state = { focused: '', connected: options.connected ?? true, made: 0 };
  const make = (index: number, source: string): void => {
    const at = Math.max(0, Math.min(cells.length, index + (options.offBy ?? 0)));
    state.made += 1;
    cells.splice(at, 0, {
      id: `new${state.made}`,
      source: source === '' ? (options.prefilled ?? '') : source,
      running: false,
      count: 0,
    });
  };
  const objectOf = (cell: FakeCell) => ({
    getId: () => cell.id,
    getText: () => cell.source,
    getType: () => 'code',
    setText: (text: string) => void setTimeout(() => void (cell.source = text), options.setTextMs ?? 300),
    isRunning: () => cell.running,
    isPending: () => false,
    getExecutionCount: () => cell.count,
    setFocused: () => void (state.focused = cell.id),
    manualExecute() {
      if (!state.connected) return;
      cell.running = true;
      setTimeout(() => {
        cell.running = false;
        cell.count += 1;
      }, 100);
    },
  });
  const remove = (id: string): void => {
    const at = cells.findIndex((cell) => cell.id === id);
    if (at >= 0) cells.splice(at, 1);
  };
  const notebook = {
    get cells() {
      return cells.map(objectOf);
    },
    kernel: { isConnected: () => state.connected, endpoint: { managedId: 'm-1' } },
    removeCells: (gone: readonly { getId(): string }[]) => gone.forEach((cell) => remove(cell.getId())),
    ...(options.insertCell === false
      ? {}
      : { insertCell: (_type: string, { index }: { index: number }) => make(index + 1, '') }),
    ...(options.tools === true
      ? {
          colabMcpToolsService: {
            tools: [
              {
                toolName: 'add_code_cell',
                toolCallback: async ({ cellIndex, code }: { cellIndex: number; code: string }) =>
                  make(cellIndex, code),
              },
            ],
          },
        }
      : {}),
  };
  const button = {
    click: () => make(cells.findIndex(({ id }) => id === state.focused) + 1, ''),
  };
  const page: ColabPage = {
    colab: () => ({ global: { notebook } }),
    document: fakeDocument(options.toolbar === true ? button : null, () => state.focused),
  };
  return { page, state, sources: () => cells.map(({ source }) => source), cells };
};

const fakeDocument = (button: object | null, focused: () => string): ColabPage['document'] =>
  Object.assign(Object.create(null), {
    URL: 'https://colab.research.google.com/drive/abc',
    title: 'story.ipynb - Colab',
    querySelectorAll: () => [],
    querySelector: (selector: string) => (selector === '#toolbar-add-code' ? button : null),
    getElementById: (id: string) => ({ classList: { contains: () => id === `cell-${focused()}` } }),
  });
