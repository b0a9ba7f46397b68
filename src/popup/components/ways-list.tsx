import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { Way } from '../view-model/ways.ts';
import { useWords } from '../words-context.ts';

/** How the page is read, way by way. */
export const WaysList = ({ ways }: { readonly ways: readonly Way[] }): JSX.Element => {
  const t = useWords();
  const headingId = useId();
  return (
    <div class="ways">
      <h2 id={headingId}>{t('ways_heading')}</h2>
      <dl aria-labelledby={headingId}>
        {ways.map(({ name, state }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{state}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
};
