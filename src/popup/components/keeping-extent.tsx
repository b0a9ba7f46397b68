import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { Extent } from '../../protocol/home-view.ts';
import { useWords } from '../words-context.ts';

interface KeepingExtentProps {
  readonly extent: Extent;
  /** Their sizes, where they are known. */
  readonly everything?: string | null;
  readonly inference?: string | null;
  readonly choose: (extent: Extent) => void;
}

/** What of each checkpoint is kept. */
export const KeepingExtent = ({
  extent: chosen,
  everything = null,
  inference = null,
  choose,
}: KeepingExtentProps): JSX.Element => {
  const t = useWords();
  const group = useId();
  const choices = [
    { extent: 'everything', label: t('keeping_everything'), size: everything },
    { extent: 'inference', label: t('keeping_adapter'), size: inference },
  ] as const;
  return (
    <fieldset class="choices">
      <legend class="spoken-only">{t('keeping_extent')}</legend>
      {choices.map(({ extent, label, size }) => (
        <label key={extent} class="choice">
          <input type="radio" name={group} checked={extent === chosen} onChange={() => choose(extent)} />
          <span class="choice-name">{label}</span>
          {size === null ? null : <span class="choice-size">{size}</span>}
        </label>
      ))}
    </fieldset>
  );
};
