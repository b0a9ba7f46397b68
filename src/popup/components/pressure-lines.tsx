import type { JSX } from 'preact';
import type { NotebookView } from '../../protocol/popup-view.ts';
import { pressureLines } from '../view-model/pressure-lines.ts';
import { useWords } from '../words-context.ts';

/** What is about to end the run; the button that saves it stands below. Read out when it comes up. */
export const PressureLines = ({ view }: { readonly view: NotebookView }): JSX.Element => {
  const t = useWords();
  return (
    <div class="pressure" aria-live="polite" role="group" aria-label={t('pressure_label')}>
      {pressureLines(t, view).map(({ text, why }) => (
        <p key={why}>
          <b>{text}</b> {why}
        </p>
      ))}
    </div>
  );
};
