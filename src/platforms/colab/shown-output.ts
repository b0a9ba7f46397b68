/**
 * The output of a cell as it is drawn, in the page or in an output frame: the same elements in both (saved pages and
 * two published extensions, 2023–2026). Found by classes alone, because the interface is translated.
 */
export interface ShownOutput {
  /** One for each stream in turn. */
  readonly texts: readonly string[];
  /** HTML of the newest output that has a progress element, else empty. */
  readonly table: string;
  /** The last line of a traceback, `KeyboardInterrupt: ` for example; `null`: no error is shown. */
  readonly error: string | null;
}

/** A longer table is no table of a training. */
const MAX_TABLE_LENGTH = 1024 * 1024;

export const shownOutput = (root: ParentNode): ShownOutput => {
  const all = (selector: string): Element[] => [...root.querySelectorAll(selector)];
  const table = all('.output_html').findLast((html) => html.querySelector('progress') !== null);
  const html = table?.innerHTML ?? '';
  const traceback = all('.output_error pre').at(-1)?.textContent.trimEnd();
  return {
    texts: all('.stream.output_text > pre').map(({ textContent }) => textContent),
    table: html.length > MAX_TABLE_LENGTH ? '' : html,
    error: traceback === undefined ? null : traceback.slice(traceback.lastIndexOf('\n') + 1).slice(0, 2000),
  };
};
