import type { JSX } from 'preact';
import type { Headline as HeadlineWords } from '../view-model/tone.ts';

interface HeadlineProps {
  readonly words: HeadlineWords;
  /** Read out when it changes by itself, as during a recovery. */
  readonly live?: boolean;
}

/** The one sentence, and what there is to lose. */
export const Headline = ({ words, live = false }: HeadlineProps): JSX.Element => (
  <div class={`headline ${words.tone}`} aria-live={live ? 'polite' : 'off'}>
    <h1 tabIndex={-1}>{words.heading}</h1>
    <p>{words.text}</p>
  </div>
);
