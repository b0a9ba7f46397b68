/** The answer to "is my run safe?" as a colour; the words always say it too. */
export type Tone = 'safe' | 'risk' | 'lost' | 'plain';

/** What stands at the top: one sentence, then what there is to lose. */
export interface Headline {
  readonly tone: Tone;
  readonly heading: string;
  readonly text: string;
}
