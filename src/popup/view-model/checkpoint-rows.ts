import type { Integrity } from '../../core/checkpoint/checkpoint.ts';
import type { CheckpointView, NotebookView, ResumeView } from '../../protocol/popup-view.ts';
import type { Translate } from '../translate.ts';
import { longName, shortName } from '../../core/plain-text.ts';
import type { RowButton } from './action-button.ts';
import { defectSentence, integrityReasons, integrityWord } from './defect-words.ts';
import { spokenLoss, spokenSize } from './quantities.ts';
import { resumeSituation } from './setup-cells.ts';
import { isTakeable, namesUnderWay } from './takeable.ts';

/** A checkpoint's row. */
export interface CheckpointRow {
  readonly id: string;
  readonly name: string;
  readonly fullName: string;
  readonly details: string;
  readonly size: string;
  /** `kept`: gone from the disk, whole in this browser. */
  readonly dot: Integrity['kind'] | 'kept';
  /** Shown behind "Why?"; empty when there is nothing to explain. */
  readonly reasons: readonly string[];
  /** `under-way`: it is being downloaded. */
  readonly download: RowButton | 'under-way' | null;
}

type PassedOver = ResumeView['passedOver'][number];

/** What the rows of a notebook have in common. */
interface Around {
  readonly notebookId: string;
  /** Whether the run goes on, so that rotation will remove some of them. */
  readonly goesOn: boolean;
  readonly filesAreRead: boolean;
  readonly underWay: ReadonlySet<string>;
  /** Those that the user asked for while it trained. */
  readonly made: readonly string[];
}

/** From the disk; where it is gone or cannot be read, from this browser. */
const downloadOf = (t: Translate, checkpoint: CheckpointView, around: Around): CheckpointRow['download'] => {
  const { name, copyId } = checkpoint;
  const { notebookId } = around;
  if (around.underWay.has(name)) return 'under-way';
  const label = t('download_button');
  const spokenLabel = t('download_label', [shortName(name)]);
  if (around.filesAreRead && isTakeable(checkpoint))
    return {
      label,
      spokenLabel,
      action: { kind: 'bring-home', notebookId, names: [name], extent: 'everything', to: 'zip' },
    };
  return copyId === null ? null : { label, spokenLabel, action: { kind: 'zip-copy', notebookId, copyId } };
};

const lossOf = (t: Translate, { loss }: CheckpointView): string | null =>
  loss === null ? null : t('checkpoint_loss', [spokenLoss(t, loss)]);

const spoken = (parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null).join(' · ');

const detailsOnDisk = (
  t: Translate,
  checkpoint: CheckpointView,
  passed: PassedOver | undefined,
  around: Around,
): string =>
  spoken([
    lossOf(t, checkpoint),
    integrityWord(t, checkpoint.integrity),
    passed === undefined ? null : t('checkpoint_passed_over'),
    checkpoint.isBest ? t('checkpoint_best') : null,
    around.made.includes(checkpoint.name) ? t('checkpoint_asked') : null,
    checkpoint.origin === 'earlier' ? t('checkpoint_earlier') : null,
    checkpoint.goesAt === null || !around.goesOn ? null : t('checkpoint_goes', [String(checkpoint.goesAt)]),
    checkpoint.copyId === null ? null : t('checkpoint_both_places'),
  ]);

const detailsInBrowser = (t: Translate, checkpoint: CheckpointView): string =>
  spoken([
    lossOf(t, checkpoint),
    checkpoint.isBest ? t('checkpoint_best') : null,
    t('checkpoint_browser_only'),
  ]);

const reasonsOf = (
  t: Translate,
  { integrity }: CheckpointView,
  passed: PassedOver | undefined,
): readonly string[] => {
  const reasons = integrityReasons(t, integrity);
  return reasons.length > 0 ? reasons : (passed?.defects ?? []).map((defect) => defectSentence(t, defect));
};

const rowOf = (
  t: Translate,
  checkpoint: CheckpointView,
  passed: PassedOver | undefined,
  around: Around,
): CheckpointRow => ({
  id: checkpoint.name,
  name: shortName(checkpoint.name),
  fullName: longName(checkpoint.name),
  details: checkpoint.gone ? detailsInBrowser(t, checkpoint) : detailsOnDisk(t, checkpoint, passed, around),
  size: checkpoint.sizeBytes === null ? t('checkpoint_size_unknown') : spokenSize(t, checkpoint.sizeBytes),
  dot: checkpoint.gone ? 'kept' : checkpoint.integrity.kind,
  reasons: checkpoint.gone ? [] : reasonsOf(t, checkpoint, passed),
  download: downloadOf(t, checkpoint, around),
});

const WORD = {
  unchecked: 'checkpoint_unchecked',
  writing: 'checkpoint_writing',
  complete: 'checkpoint_whole',
  broken: 'checkpoint_broken',
  unproven: 'checkpoint_unproven',
} as const;

/** A passed-over checkpoint the run does not list. */
const rowOfPassedOver = (t: Translate, passed: PassedOver): CheckpointRow => ({
  id: passed.name,
  name: shortName(passed.name),
  fullName: longName(passed.name),
  details: `${t(WORD[passed.integrity])} · ${t('checkpoint_passed_over')}`,
  size: t('checkpoint_size_unknown'),
  dot: passed.integrity,
  reasons: passed.defects.map((defect) => defectSentence(t, defect)),
  download: null,
});

/** Checkpoints on the disk or in this browser, newest first, each with why it was passed over if it was. */
export const checkpointRows = (t: Translate, view: NotebookView): readonly CheckpointRow[] => {
  const { notebookId, state, health, home } = view;
  if (state.kind === 'idle') return [];
  const around: Around = {
    notebookId,
    goesOn: state.kind === 'training',
    filesAreRead: health.files === 'working',
    underWay: namesUnderWay(home.jobs),
    made: view.saves.made,
  };
  const passedOver = new Map(
    (resumeSituation(state)?.resume.passedOver ?? []).map((passed) => [passed.name, passed]),
  );
  const present = state.run.checkpoints.filter(({ gone, copyId }) => !gone || copyId !== null);
  const listed = new Set(present.map(({ name }) => name));
  const others = [...passedOver.values()].filter(({ name }) => !listed.has(name));
  return [
    ...others.map((passed) => rowOfPassedOver(t, passed)),
    ...present.map((checkpoint) => rowOf(t, checkpoint, passedOver.get(checkpoint.name), around)),
  ];
};
