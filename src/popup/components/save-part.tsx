import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { PopupAction } from '../../protocol/popup-transport.ts';
import type { NotebookView } from '../../protocol/popup-view.ts';
import { isPending, type Actions } from '../use-actions.ts';
import { saveLine } from '../view-model/save-words.ts';
import { useWords } from '../words-context.ts';
import { Button } from './button.tsx';
import { Disclosure } from './disclosure.tsx';
import { KernelCode } from './kernel-code.tsx';
import { SaveConsent } from './save-consent.tsx';
import { SmallButton } from './small-button.tsx';

interface SavePartProps {
  readonly view: NotebookView;
  readonly now: number;
  readonly actions: Actions;
}

const MOST_STEPS = 1_000_000_000;

/** A save every so many steps, from now on and without stopping the run. */
const EveryForm = ({ view, actions }: Omit<SavePartProps, 'now'>): JSX.Element => {
  const t = useWords();
  const inputId = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const { notebookId, saves } = view;
  const steps = Math.floor(Number(typed ?? saves.advisedSteps ?? 50));
  const action: PopupAction = { kind: 'save-every', notebookId, steps };
  return (
    <form
      class="save-every"
      onSubmit={(event) => {
        event.preventDefault();
        if (steps >= 1 && steps <= MOST_STEPS) void actions.act(action);
      }}
    >
      <label for={inputId}>{t('save_every_label')}</label>
      <input
        id={inputId}
        type="number"
        min="1"
        max={MOST_STEPS}
        step="1"
        required
        value={typed ?? String(saves.advisedSteps ?? 50)}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <Button
        look="quiet"
        type="submit"
        label={t('save_every_button')}
        pending={isPending(actions, action)}
      />
    </form>
  );
};

/** What else can be asked of the run, and what runs then. */
const MoreWays = ({ view, actions }: Omit<SavePartProps, 'now'>): JSX.Element => {
  const t = useWords();
  const { notebookId } = view;
  const stop: PopupAction = { kind: 'save-now', notebookId, stop: true };
  return (
    <div class="save-ways">
      <Button
        look="quiet"
        label={t('save_stop_button')}
        small={t('save_stop_small')}
        pending={isPending(actions, stop)}
        onClick={() => void actions.act(stop)}
      />
      <EveryForm view={view} actions={actions} />
      <Disclosure label={t('save_code_open')}>
        <KernelCode />
      </Disclosure>
    </div>
  );
};

/** How a run that is going on is asked for checkpoints, and what became of that. */
export const SavePart = ({ view, now, actions }: SavePartProps): JSX.Element | null => {
  const t = useWords();
  if (view.state.kind !== 'training') return null;
  const { notebookId, saves } = view;
  if (saves.phase.kind === 'consent')
    return <SaveConsent notebookId={notebookId} wish={saves.phase.wish} actions={actions} />;
  const line = saveLine(t, view, now);
  const undo = (what: 'once' | 'every', label: string): JSX.Element => (
    <SmallButton
      button={{ label, spokenLabel: label, action: { kind: 'undo-save', notebookId, what } }}
      actions={actions}
    />
  );
  return (
    <section class="save-part" aria-label={t('save_part_label')}>
      <div class="save-line">
        <p aria-live="polite" class={line?.tone ?? ''}>
          {line?.text}
        </p>
        {saves.phase.kind === 'pending' ? undo('once', t('save_cancel')) : null}
      </div>
      {saves.every === null ? null : (
        <div class="save-line">
          <p>{t('save_every_on', [String(saves.every.steps)])}</p>
          {undo('every', t('save_every_undo'))}
        </div>
      )}
      <Disclosure label={t('save_more')}>
        <MoreWays view={view} actions={actions} />
      </Disclosure>
    </section>
  );
};
