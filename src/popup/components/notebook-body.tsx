import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { NotebookView } from '../../protocol/popup-view.ts';
import type { Actions } from '../use-actions.ts';
import type { Translate } from '../translate.ts';
import { useWords } from '../words-context.ts';
import { buttonsOf } from '../view-model/buttons.ts';
import { checkpointRows } from '../view-model/checkpoint-rows.ts';
import { folderQuestion } from '../view-model/folder-words.ts';
import { jobLines } from '../view-model/job-lines.ts';
import { headlineOf } from '../view-model/headline.ts';
import { noticesOf } from '../view-model/notices.ts';
import { nowLine } from '../view-model/now-line.ts';
import { isDiskNew } from '../../core/recovery/diagnosis.ts';
import { plainText } from '../../core/plain-text.ts';
import { putBack } from '../view-model/put-back-button.ts';
import { recoveryLines } from '../view-model/recovery-words.ts';
import { adviceOn } from '../view-model/trap-words.ts';
import { resumeLine } from '../view-model/resume-line.ts';
import { resumedLine } from '../view-model/resumed-line.ts';
import { skippingLine } from '../view-model/skipping-line.ts';
import { runLineWords } from '../view-model/run-line-words.ts';
import { runLineOf } from '../../run-line/run-line-geometry.ts';
import { takeableCheckpoints } from '../view-model/takeable.ts';
import { planOf } from '../view-model/recovery-plan.ts';
import { usableCheckpoints } from '../view-model/usable.ts';
import { canRecover, resumeSituation, tickedCells } from '../view-model/setup-cells.ts';
import { AskingPart, AskingRow } from './asking-part.tsx';
import { ButtonRow } from './button-row.tsx';
import { CheckpointList } from './checkpoint-list.tsx';
import { CopiesPanel } from './copies-panel.tsx';
import { CopyCell } from './copy-cell.tsx';
import { Disclosure } from './disclosure.tsx';
import { DownloadChooser } from './download-chooser.tsx';
import { FolderForm } from './folder-form.tsx';
import { Headline } from './headline.tsx';
import { JobList } from './job-list.tsx';
import { OtherCopiesPanel } from './other-copies-panel.tsx';
import { KeepingOffer } from './keeping-offer.tsx';
import { KeepingRow } from './keeping-row.tsx';
import { NowLine } from './now-line.tsx';
import { PlanPart } from './plan-part.tsx';
import { PressureLines } from './pressure-lines.tsx';
import { RecoverySteps } from './recovery-steps.tsx';
import { RestoreZipRow } from './restore-zip-row.tsx';
import { SavePart } from './save-part.tsx';
import { RunLine } from '../../run-line/run-line.tsx';
import { RecoveryPlan } from './recovery-plan.tsx';
import { SettingsRow } from './settings-row.tsx';
import { StorageRow } from './storage-row.tsx';
import { Status } from './status.tsx';
import { UsePanel } from './use-panel.tsx';

interface NotebookBodyProps {
  readonly view: NotebookView;
  readonly readAt: number;
  readonly now: number;
  readonly actions: Actions;
}

/** A run that was to go on and stopped before it did: what is known of such errors. */
const adviceOnStop = (t: Translate, state: NotebookView['state']): string | null =>
  state.kind === 'stopped' && state.reason.kind === 'error' && state.run.proof?.kind === 'waiting'
    ? adviceOn(t, `${state.reason.name}: ${state.reason.message}`, state.run.drift)
    : null;

/** The state in words and as a picture: what is safe, where the run is. */
const StatePart = ({ view: { state, notebookId }, readAt, now, actions }: NotebookBodyProps): JSX.Element => {
  const t = useWords();
  const line = runLineOf(state);
  const stopAdvice = adviceOnStop(t, state);
  const resumed = resumedLine(t, state) ?? skippingLine(t, state, now);
  return (
    <>
      <Headline words={headlineOf(t, state, now)} live={state.kind === 'recovering'} />
      {state.kind === 'stopped' && state.reason.kind === 'error' ? (
        <p class="error-text">{plainText(`${state.reason.name}: ${state.reason.message}`, 300)}</p>
      ) : null}
      {stopAdvice === null ? null : <p class="step-advice">{stopAdvice}</p>}
      {state.kind === 'training' ? (
        <NowLine words={nowLine(t, state.run, state.connection, readAt, now)} />
      ) : null}
      {resumed === null ? null : <p class="hint">{resumed}</p>}
      {line === null ? null : <RunLine line={line} label={runLineWords(t, state)} />}
      {state.kind === 'recovering' ? (
        <RecoverySteps lines={recoveryLines(t, notebookId, state)} actions={actions} />
      ) : null}
    </>
  );
};

/** That there is nothing to resume from is not the whole truth where a copy can be put back. */
const isInBrowser = (t: Translate, view: NotebookView): boolean =>
  resumeSituation(view.state)?.resume.cell.kind === 'impossible' && putBack(t, view) !== null;

/** The buttons with what stands around them: the resume cell, its text to copy, the setup cells. */
const ActionPart = ({ view, actions }: Pick<NotebookBodyProps, 'view' | 'actions'>): JSX.Element => {
  const t = useWords();
  const [changed, setChanged] = useState<ReadonlyMap<string, boolean>>(new Map());
  const situation = resumeSituation(view.state);
  const ticked = situation === null ? [] : tickedCells(situation, changed);
  const line = situation === null || isInBrowser(t, view) ? null : resumeLine(t, situation);
  return (
    <>
      {line === null ? null : <p class={line.trouble ? 'cell-line trouble' : 'cell-line'}>{line.line}</p>}
      {line === null || line.copyText === null ? null : (
        <CopyCell
          text={line.copyText}
          label={t('cell_text_label')}
          button={t('copy_button')}
          look="main"
          actions={actions}
        />
      )}
      <ButtonRow buttons={buttonsOf(t, view, ticked)} actions={actions} />
      <Status message={actions.message} />
      {situation === null || !canRecover(situation) ? null : (
        <RecoveryPlan
          plan={planOf(t, situation, ticked)}
          tick={(cellId, isTicked) => setChanged(new Map(changed).set(cellId, isTicked))}
        />
      )}
    </>
  );
};

const Notices = ({ lines }: { readonly lines: readonly string[] }): JSX.Element | null =>
  lines.length === 0 ? null : (
    <ul class="notices">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );

/** The checkpoints wherever they are, and the ways to bring them home and back. */
const Shelf = ({ view, now, actions }: Omit<NotebookBodyProps, 'readAt'>): JSX.Element => {
  const t = useWords();
  const diskIsNew =
    (view.state.kind === 'lost' && isDiskNew(view.state.loss)) ||
    (view.state.kind === 'finished' && view.state.machine === 'replaced');
  return (
    <div class="shelf">
      <CheckpointList rows={checkpointRows(t, view)} actions={actions} />
      <StorageRow view={view} />
      <SettingsRow view={view} actions={actions} />
      <AskingRow view={view} actions={actions} />
      {takeableCheckpoints(view).length === 0 ? null : (
        <Disclosure label={t('chooser_open')}>
          <DownloadChooser view={view} actions={actions} />
        </Disclosure>
      )}
      {usableCheckpoints(view).length === 0 ? null : (
        <Disclosure label={t('use_open')}>
          <UsePanel view={view} actions={actions} />
        </Disclosure>
      )}
      <KeepingRow view={view} now={now} actions={actions} />
      <CopiesPanel view={view} now={now} actions={actions} />
      <OtherCopiesPanel view={view} now={now} actions={actions} />
      {diskIsNew && view.home.copies.length === 0 ? (
        <RestoreZipRow notebookId={view.notebookId} actions={actions} />
      ) : null}
    </div>
  );
};

/** From the one sentence down to the checkpoints. */
export const NotebookBody = ({ view, readAt, now, actions }: NotebookBodyProps): JSX.Element => {
  const t = useWords();
  const { state } = view;
  const run = state.kind === 'idle' ? null : state.run;
  const question = run === null ? null : folderQuestion(t, run.folder);
  return (
    <main>
      <StatePart view={view} readAt={readAt} now={now} actions={actions} />
      <PlanPart view={view} actions={actions} />
      {state.kind === 'training' ? <PressureLines view={view} /> : null}
      <ActionPart view={view} actions={actions} />
      <SavePart view={view} now={now} actions={actions} />
      <AskingPart view={view} actions={actions} />
      {question === null ? null : (
        <FolderForm notebookId={view.notebookId} question={question} actions={actions} />
      )}
      <Notices lines={noticesOf(t, state, view.health)} />
      <KeepingOffer view={view} actions={actions} />
      <JobList lines={jobLines(t, view.notebookId, view.home, now)} actions={actions} />
      <Shelf view={view} now={now} actions={actions} />
    </main>
  );
};
