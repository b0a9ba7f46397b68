import type { Integrity } from '../../core/checkpoint/checkpoint.ts';
import type { CheckpointView, ResumeView, RunView } from '../../protocol/popup-view.ts';
import type { Translate } from '../translate.ts';
import { defectSentence, integrityReasons, integrityWord } from './defect-words.ts';
import { longName, shortName } from '../../core/plain-text.ts';
import { spokenLoss, spokenSize } from './quantities.ts';

/** A checkpoint's row. */
export interface CheckpointRow {
  readonly id: string;
  readonly name: string;
  readonly fullName: string;
  readonly details: string;
  readonly size: string;
  readonly dot: Integrity['kind'];
  /** Shown behind "Why?"; empty when there is nothing to explain. */
  readonly reasons: readonly string[];
}

type PassedOver = ResumeView['passedOver'][number];

const rowOf = (
  t: Translate,
  checkpoint: CheckpointView,
  passed: PassedOver | undefined,
  goesOn: boolean,
): CheckpointRow => {
  const { integrity } = checkpoint;
  const details = [
    checkpoint.loss === null ? null : t('checkpoint_loss', [spokenLoss(t, checkpoint.loss)]),
    integrityWord(t, integrity),
    passed === undefined ? null : t('checkpoint_passed_over'),
    checkpoint.isBest ? t('checkpoint_best') : null,
    checkpoint.origin === 'earlier' ? t('checkpoint_earlier') : null,
    checkpoint.goesAt === null || !goesOn ? null : t('checkpoint_goes', [String(checkpoint.goesAt)]),
  ];
  const reasons = integrityReasons(t, integrity);
  return {
    id: checkpoint.name,
    name: shortName(checkpoint.name),
    fullName: longName(checkpoint.name),
    details: details.filter((part) => part !== null).join(' · '),
    size: checkpoint.sizeBytes === null ? t('checkpoint_size_unknown') : spokenSize(t, checkpoint.sizeBytes),
    dot: integrity.kind,
    reasons:
      reasons.length > 0 ? reasons : (passed?.defects ?? []).map((defect) => defectSentence(t, defect)),
  };
};

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
});

/**
 * Checkpoints that are on the disk, newest first, each with why it was passed over if it was.
 * @param goesOn whether the run goes on, so that rotation will remove some of them.
 */
export const checkpointRows = (
  t: Translate,
  run: RunView,
  resume: ResumeView | null,
  goesOn: boolean,
): readonly CheckpointRow[] => {
  const passedOver = new Map((resume?.passedOver ?? []).map((passed) => [passed.name, passed]));
  const present = run.checkpoints.filter(({ gone }) => !gone);
  const listed = new Set(present.map(({ name }) => name));
  const others = [...passedOver.values()].filter(({ name }) => !listed.has(name));
  return [
    ...others.map((passed) => rowOfPassedOver(t, passed)),
    ...present.map((checkpoint) => rowOf(t, checkpoint, passedOver.get(checkpoint.name), goesOn)),
  ];
};
