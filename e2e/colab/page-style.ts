/** Enough looks for a person to find their way; none of it is known of the real page. */
export const pageStyle = `
:root { color-scheme: light; font: 14px/1.4 system-ui, sans-serif; --line: #dadce0; --quiet: #5f6368; --mark: #1a73e8; }
:root[theme=dark] { color-scheme: dark; --line: #45484c; --quiet: #9aa0a6; --mark: #8ab4f8; }
body { margin: 0; background: Canvas; color: CanvasText; }
#header { position: absolute; inset: 0 0 auto; height: 60px; padding: 0 16px; box-sizing: border-box;
  display: flex; align-items: center; justify-content: space-between; border-bottom: 1px solid var(--line); }
#top-toolbar { display: flex; align-items: center; gap: 8px; }
.goog-control, #toolbar-add-code { padding: 4px 10px; border-radius: 4px; cursor: pointer; }
.goog-control:hover, #toolbar-add-code:hover { background: color-mix(in srgb, CanvasText 8%, Canvas); }
.goog-menu { top: 46px; padding: 4px 0; border-radius: 4px; }
.goog-menuitem { padding: 4px 24px; cursor: pointer; }
.goog-menuitem:hover { background: color-mix(in srgb, CanvasText 8%, Canvas); }
colab-connect-button { padding: 4px 12px; border: 1px solid var(--line); border-radius: 16px; cursor: pointer; }
.notebook-cell-list { max-width: 1000px; margin: 0 auto; padding: 16px 16px 40vh; }
div.cell { padding: 6px 8px; border: 1px solid transparent; border-radius: 6px; outline: none; }
div.cell.focused { border-color: var(--line); box-shadow: -3px 0 0 var(--mark); }
div.cell.text { color: var(--quiet); }
.inputarea.horizontal { display: flex; gap: 12px; }
.inputarea.horizontal .editor { flex: 1; padding: 0; background: color-mix(in srgb, CanvasText 4%, Canvas); }
.view-line { white-space: pre; }
.cell-gutter { width: 20px; }
.output { margin-left: 32px; overflow: auto; }
.output pre { margin: 4px 0; font: 13px/1.4 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.output iframe { width: 100%; border: 0; }
.add-cell { height: 22px; text-align: center; opacity: 0; }
.add-cell:hover, .add-cell:focus-within { opacity: 1; }
colab-snackbar { position: fixed; left: 16px; bottom: 16px; z-index: 9; padding: 0 16px; border-radius: 4px; background: #323232; color: #fff; }
`;
