import type { JSX } from 'preact';
import type { LineDot, RunLine as RunLineGeometry } from './run-line-geometry.ts';

const percent = (value: number): string => `${value.toFixed(2)}%`;
const MIDDLE = 11;
const RADIUS = { whole: 5, doubtful: 4, broken: 4, gone: 2.5, around: 7 } as const;

const Dot = ({ dot, small }: { dot: LineDot; small: boolean }): JSX.Element => (
  <circle
    class={small ? `dot-${dot.kind} dot-small` : `dot-${dot.kind}`}
    cx={percent(dot.at)}
    cy={MIDDLE}
    r={dot.around ? RADIUS.around : RADIUS[dot.kind]}
  />
);

/** Where it is now: a tick; where it stopped: a cross. */
const Mark = ({ mark }: { readonly mark: NonNullable<RunLineGeometry['mark']> }): JSX.Element => (
  // A nested svg takes a place in percent, which a path cannot.
  <svg x={percent(mark.at)} y={MIDDLE} class="mark-place">
    <path class={`mark-${mark.kind}`} d={mark.kind === 'stopped' ? 'M-4-4 4 4M4-4-4 4' : 'M0-7V7'} />
  </svg>
);

const Stretch = ({ from, to, name }: { from: number; to: number; name: string }): JSX.Element => (
  <rect class={name} x={percent(from)} y={MIDDLE - 2} width={percent(Math.max(0, to - from))} height="4" />
);

interface RunLineProps {
  readonly line: RunLineGeometry;
  /** The same in words. */
  readonly label: string;
}

/** The run from left to right: what is whole, what would be lost, what comes next. */
export const RunLine = ({ line, label }: RunLineProps): JSX.Element => (
  <svg class="run-line" role="img" aria-label={label}>
    <rect class={line.open ? 'track open' : 'track'} x="0" y={MIDDLE - 2} width="100%" height="4" rx="2" />
    <Stretch name="stretch-safe" from={0} to={line.safeTo} />
    {line.atRisk === null ? null : (
      <Stretch
        name={line.atRisk.lost ? 'stretch-lost' : 'stretch-risk'}
        from={line.atRisk.from}
        to={line.atRisk.to}
      />
    )}
    {line.saves.map((at) => (
      <line key={at} class="save" x1={percent(at)} x2={percent(at)} y1="5" y2="17" />
    ))}
    {line.dots.map((dot) => (
      <Dot key={dot.at} dot={dot} small={line.dense} />
    ))}
    {line.mark === null ? null : <Mark mark={line.mark} />}
    {line.labels.map(({ text, at, anchor }) => (
      <text key={text} x={percent(at)} y="32" text-anchor={anchor}>
        {text}
      </text>
    ))}
  </svg>
);
