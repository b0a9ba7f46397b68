/**
 * Bars that tqdm draws with ipywidgets (`tqdm.auto`, `tqdm.notebook`; Lightning's own bar in a notebook): no text comes, only
 * messages that make and change widgets. Source: tqdm 4, `tqdm/notebook.py` (`status_printer`, `display`): a box of a text, a bar
 * and a text; the text on the right is written last. Protocol: ipywidgets 7 and 8, `packages/schema/messages.md`.
 */
export interface WidgetBars {
  /** Takes the content of a `comm_open` or `comm_msg`. What a bar says by now, or `null` when no bar has changed. */
  take(content: Readonly<Record<string, unknown>>): DrawnBar | null;
}

export interface DrawnBar {
  /** The same for all that one bar draws. */
  readonly id: string;
  /** As a terminal would show it, without the bar itself. */
  readonly text: string;
}

/** Widgets remembered at a time; a page of sliders has many that are no bar. */
const MAX_WIDGETS = 256;
const MAX_LENGTH = 2000;
const REFERENCE = 'IPY_MODEL_';

export const createWidgetBars = (): WidgetBars => {
  const texts = new Map<string, string>();
  /** By the text on the right, the one on the left. */
  const boxes = new Map<string, string>();

  const draw = (right: string): DrawnBar | null => {
    const left = boxes.get(right);
    if (left === undefined) return null;
    const text = asPrinted(`${texts.get(left) ?? ''}${texts.get(right) ?? ''}`);
    return text === '' ? null : { id: right, text };
  };

  return {
    take(content) {
      const id = content['comm_id'];
      const state = member(content['data'], 'state');
      if (typeof id !== 'string' || state === undefined) return null;
      const children = member(state, 'children');
      if (Array.isArray(children)) {
        const [left, , right] = children.map(modelId);
        if (children.length !== 3 || left === undefined || right === undefined) return null;
        if (!texts.has(left) || !texts.has(right)) return null;
        remember(boxes, right, left);
        return draw(right);
      }
      const value = member(state, 'value');
      if (typeof value !== 'string') return null;
      if (!texts.has(id) && member(state, '_model_name') !== 'HTMLModel') return null;
      remember(texts, id, value.slice(0, MAX_LENGTH));
      return draw(id);
    },
  };
};

const remember = (map: Map<string, string>, key: string, value: string): void => {
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= MAX_WIDGETS) return;
    map.delete(oldest);
  }
};

const modelId = (reference: unknown): string | undefined =>
  typeof reference === 'string' && reference.startsWith(REFERENCE)
    ? reference.slice(REFERENCE.length)
    : undefined;

const member = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
  '&amp;': '&',
};

/** tqdm escapes the text, and puts spaces of the width of a figure (U+2007) for its own. */
const asPrinted = (html: string): string =>
  html
    .replaceAll('\u2007', ' ')
    .replaceAll(/&(?:lt|gt|quot|amp|#x27);/g, (entity) => ENTITIES[entity] ?? entity);
