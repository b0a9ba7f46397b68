import * as v from 'valibot';
import type { Output } from './outputs.ts';

/** One output as it is drawn. `key` stays while the output does. */
export const Part = v.object({
  key: v.number(),
  kind: v.picklist(['text', 'html', 'image']),
  className: v.string(),
  value: v.string(),
});
export type Part = v.InferOutput<typeof Part>;

export const partOf = (output: Output): Part => {
  const { key } = output;
  switch (output.kind) {
    case 'stream': {
      const className = output.name === 'stderr' ? 'stream output_stderr output_text' : 'stream output_text';
      return { key, kind: 'text', className, value: output.terminal.text() };
    }
    case 'error':
      return {
        key,
        kind: 'text',
        className: 'output_error output_text',
        value: withoutColours(output.traceback.join('\n')),
      };
    case 'display':
      return displayPart(key, output.data);
    default:
      return output satisfies never;
  }
};

/** Text is drawn in the page where that is so; tables, images and errors never are. */
export const needsFrame = (output: Output): boolean =>
  output.kind === 'error' || (output.kind === 'display' && displayPart(0, output.data).kind !== 'text');

const displayPart = (key: number, data: Readonly<Record<string, unknown>>): Part => {
  const html = textOf(data['text/html']);
  const image = textOf(data['image/png']);
  if (html !== null) {
    return {
      key,
      kind: 'html',
      className: 'display_data output_subarea output_html rendered_html',
      value: html,
    };
  }
  if (image !== null) {
    const value = `data:image/png;base64,${image.trim()}`;
    return { key, kind: 'image', className: 'display_data output_subarea output_image', value };
  }
  const value = textOf(data['text/plain']) ?? '';
  return { key, kind: 'text', className: 'display_data output_subarea output_text', value };
};

const textOf = (value: unknown): string | null => {
  if (typeof value === 'string') return value;
  return v.is(v.array(v.string()), value) ? value.join('') : null;
};

const ESCAPE = String.fromCodePoint(27);

const withoutColours = (text: string): string =>
  text
    .split(ESCAPE)
    .map((part, index) => (index === 0 ? part : part.replace(/^\[[\d;]*m/, '')))
    .join('');

/** Draws a part in the document that this runs in. */
export const draw = (part: Part, into: Element): void => {
  into.className = part.className;
  if (part.kind === 'text') {
    const pre = into.querySelector('pre') ?? into.appendChild(document.createElement('pre'));
    if (pre.textContent !== part.value) pre.textContent = part.value;
    return;
  }
  if (part.kind === 'image') {
    const image = document.createElement('img');
    image.src = part.value;
    return into.replaceChildren(image);
  }
  // A fragment made this way runs its scripts, as an output frame does.
  into.replaceChildren(document.createRange().createContextualFragment(part.value));
};

/** Draws a list of parts, keeping the elements of those that stay. */
export const drawAll = (parts: readonly Part[], into: Element): void => {
  const shown = new Map([...into.children].map((child) => [child.getAttribute('data-key'), child]));
  const elements = parts.map((part) => {
    const known = shown.get(String(part.key));
    const element = known ?? document.createElement('div');
    element.setAttribute('data-key', String(part.key));
    if (known?.getAttribute('data-value') !== part.value || part.kind === 'text') draw(part, element);
    if (part.kind !== 'text') element.setAttribute('data-value', part.value);
    return element;
  });
  const same =
    elements.length === into.children.length && elements.every((element, i) => element === into.children[i]);
  if (!same) into.replaceChildren(...elements);
};
