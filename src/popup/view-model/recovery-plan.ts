import type { SetupCellView } from '../../protocol/popup-view.ts';
import { shortName } from '../../core/plain-text.ts';
import type { Translate } from '../translate.ts';
import { spokenSize } from './quantities.ts';
import { setupLines, type ResumeSituation, type SetupLine } from './setup-cells.ts';

export interface PlanStep {
  readonly title: string;
  readonly note: string | null;
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

export const planOf = (
  t: Translate,
  situation: ResumeSituation,
  ticked: readonly SetupCellView[],
): PlanLines => {
  const { restores, setup } = situation.resume;
  return {
    before: restores.map(({ name, sizeBytes }) => ({
      title: t('plan_restore', [shortName(name)]),
      note: spokenSize(t, sizeBytes),
    })),
    setup: setupLines(t, situation, ticked),
    after: [t('plan_insert'), t('plan_watch')].map((title) => ({ title, note: null })),
    count: setup.length === 0 ? null : t('setup_count', [String(ticked.length), String(setup.length)]),
    hint: situation.kernelKeptVariables && setup.length > 0 ? t('setup_optional') : null,
  };
};
