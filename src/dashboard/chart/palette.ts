/** The colours that the chart draws with, read from the page's tokens: a canvas knows no variables. */
export interface Palette {
  readonly runs: readonly string[];
  readonly card: string;
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly font: string;
}

export const readPalette = (host: HTMLElement, runs: number): Palette => {
  const probe = document.createElement('span');
  host.append(probe);
  const colour = (token: string): string => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const palette = {
    runs: Array.from({ length: runs }, (_, index) => colour(`--run-${index + 1}`)),
    card: colour('--card'),
    ink: colour('--ink'),
    soft: colour('--soft'),
    line: colour('--line'),
    font: `12px ${getComputedStyle(host).fontFamily}`,
  };
  probe.remove();
  return palette;
};
