import type { ResumeView, SetupCellView } from '../../protocol/popup-view.ts';
import type { MessageKey } from '../../protocol/messages-key.ts';
import { shortName } from '../../core/plain-text.ts';
import type { Translate } from '../translate.ts';
import { spokenSize } from './quantities.ts';
import { setupLines, type ResumeSituation, type SetupLine } from './setup-cells.ts';

export interface PlanStep {
  readonly title: string;
  readonly note: string | null;
  readonly by: 'holdfast' | 'user';
}

/** What a recovery will do, in its order. */
export interface PlanLines {
  readonly before: readonly PlanStep[];
  readonly setup: readonly SetupLine[];
  readonly after: readonly PlanStep[];
  /** How many setup cells are ticked; `null` where there are none. */
  readonly count: string | null;
  readonly hint: string | null;
}

const BY_HAND = {
  'script-without-flag': 'plan_by_hand_without_flag',
  'script-not-read': 'plan_by_hand_not_read',
} as const satisfies Record<NonNullable<ResumeView['byHand']>, MessageKey>;

const hintOf = (t: Translate, { resume, kernelKeptVariables }: ResumeSituation): string | null => {
  if (resume.byHand !== null) return t(BY_HAND[resume.byHand]);
  return kernelKeptVariables && resume.setup.length > 0 ? t('setup_optional') : null;
};

export const planOf = (
  t: Translate,
  situation: ResumeSituation,
  ticked: readonly SetupCellView[],
): PlanLines => {
  const { restores, setup, byHand, from } = situation.resume;
  return {
    before: restores.map(({ name, sizeBytes }) => ({
      title: t('plan_restore', [shortName(name)]),
      note: spokenSize(t, sizeBytes),
      by: 'holdfast',
    })),
    setup: setupLines(t, situation, ticked),
    after:
      byHand === null
        ? [t('plan_insert'), t('plan_watch')].map((title) => ({ title, note: null, by: 'holdfast' }))
        : [{ title: t('plan_by_hand', [shortName(from?.name ?? '')]), note: null, by: 'user' }],
    count: setup.length === 0 ? null : t('setup_count', [String(ticked.length), String(setup.length)]),
    hint: hintOf(t, situation),
  };
};
