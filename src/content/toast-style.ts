/** Colours as in the popup (`src/popup/tokens.css`); a page's own styles do not reach in here, ours not out. */
export const TOAST_STYLE = `
  :host { all: initial; color-scheme: light dark; }
  .toast {
    position: fixed; inset: auto 20px 44px auto; z-index: 2147483646; box-sizing: border-box;
    width: min(380px, calc(100vw - 40px)); padding: 14px; border-radius: 10px;
    border: 1px solid light-dark(#e3e6ea, #2a3037);
    background: light-dark(#ffffff, #171b20); color: light-dark(#16191d, #e8ebee);
    font: 13px/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
    box-shadow: 0 6px 24px rgb(0 0 0 / 25%);
  }
  .text { margin: 0 0 10px; }
  .buttons { display: flex; flex-wrap: wrap; gap: 8px; }
  button {
    padding: 7px 12px; border: 0; border-radius: 8px; font: inherit; font-weight: 600; cursor: pointer;
    background: light-dark(#eef0f3, #20262d); color: inherit;
  }
  button.main { background: light-dark(#1f5fd0, #6aa0ff); color: light-dark(#ffffff, #0b1524); }
  button:focus-visible { outline: 2px solid light-dark(#1f5fd0, #6aa0ff); outline-offset: 2px; }
`;
