import type { JSX } from 'preact';
import type { NowLine as NowLineWords, NowPart } from '../view-model/now-line.ts';

/** Words are separated by real spaces, so that a copied or read-out line stays a sentence. */
const Parts = ({ parts }: { readonly parts: readonly NowPart[] }): JSX.Element => (
  <span>
    {parts.map(({ text, strong }, index) => [index === 0 ? '' : ' ', strong ? <b>{text}</b> : text])}
  </span>
);

/** Step, loss, speed and time left. */
export const NowLine = ({ words }: { readonly words: NowLineWords }): JSX.Element => (
  <p class="now-line">
    <Parts parts={words.left} />
    <Parts parts={words.right} />
  </p>
);
