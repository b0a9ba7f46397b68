import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { Extent } from '../../protocol/home-view.ts';
import { useWords } from '../words-context.ts';

const EXTENTS = [
  { extent: 'everything', key: 'chooser_everything' },
  { extent: 'inference', key: 'chooser_inference' },
] as const;

interface ExtentChoiceProps {
  readonly extent: Extent;
  readonly choose: (extent: Extent) => void;
}

/** All of a checkpoint, or what of it inference needs. */
export const ExtentChoice = ({ extent: chosen, choose }: ExtentChoiceProps): JSX.Element => {
  const t = useWords();
  const group = useId();
  return (
    <fieldset class="choices">
      <legend class="spoken-only">{t('chooser_what')}</legend>
      {EXTENTS.map(({ extent, key }) => (
        <label key={extent} class="choice">
          <input type="radio" name={group} checked={extent === chosen} onChange={() => choose(extent)} />
          <span class="choice-name">{t(key)}</span>
        </label>
      ))}
    </fieldset>
  );
};
