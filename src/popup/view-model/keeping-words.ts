import type { JobFailure } from '../../protocol/home-view.ts';
import type { KeepingUnderWay, KeepingView } from '../../protocol/keeping-view.ts';
import type { NotebookView } from '../../protocol/popup-view.ts';
import { shortName } from '../../core/plain-text.ts';
import type { Translate } from '../translate.ts';
import { failureSentence } from './failure-words.ts';
import { jobFailureWords } from './job-failure-words.ts';
import { spokenAgo, spokenSize } from './quantities.ts';
import { canTakeLess } from './takeable.ts';

/** The question, put once. */
export interface OfferWords {
  readonly lines: readonly string[];
  /** Sizes of one checkpoint, `null` where they are not known. */
  readonly everything: string | null;
  readonly inference: string | null;
}

export const offerWords = (t: Translate, view: NotebookView): OfferWords | null => {
  const {
    keeping,
    home: { space },
  } = view;
  if (keeping.kind !== 'offer') return null;
  const size = (bytes: number | null): string | null => (bytes === null ? null : spokenSize(t, bytes));
  const room =
    space === null
      ? []
      : [t('keeping_offer_room', [spokenSize(t, Math.max(0, space.mostBytes - space.usedBytes))])];
  const everything = size(keeping.sizeBytes);
  // Where there is a choice the sizes stand beside it.
  const each = everything === null || canTakeLess(view) ? [] : [t('keeping_offer_size', [everything])];
  return {
    lines: [t('keeping_offer'), ...each, ...room],
    everything,
    inference: size(keeping.inferenceBytes),
  };
};

/** One line for all copies that are made by themselves; `null` before the question was answered. */
export const keepingLine = (t: Translate, keeping: KeepingView, now: number): string | null => {
  switch (keeping.kind) {
    case 'not-yet':
    case 'offer':
      return null;
    case 'off':
      return t('keeping_off');
    case 'on': {
      if (keeping.paused) return t('keeping_paused');
      if (keeping.underWay !== null) return underWayLine(t, keeping.underWay);
      if (keeping.trouble !== null) return troubleLine(t, keeping.trouble);
      if (keeping.last === null) return t('keeping_on');
      const { name, at, sizeBytes } = keeping.last;
      return t('keeping_last', [shortName(name), spokenAgo(t, at, now), spokenSize(t, sizeBytes)]);
    }
    default:
      return keeping satisfies never;
  }
};

const underWayLine = (t: Translate, { name, state, share }: KeepingUnderWay): string => {
  const checkpoint = shortName(name);
  switch (state) {
    case 'behind':
      return t('keeping_behind', [checkpoint]);
    case 'trying-again':
      return t('keeping_trying_again', [checkpoint]);
    case 'copying':
      return share === null
        ? t('keeping_copying', [checkpoint])
        : t('keeping_copying_share', [checkpoint, String(Math.floor(share * 100))]);
    default:
      return state satisfies never;
  }
};

const troubleLine = (t: Translate, { name, why }: { name: string; why: JobFailure }): string =>
  t('keeping_trouble', [shortName(name), reasonOf(t, name, why)]);

const reasonOf = (t: Translate, name: string, why: JobFailure): string => {
  if (why.kind === 'server') return failureSentence(t, why.trouble);
  const state = { kind: 'failed', why } as const;
  return jobFailureWords(
    t,
    { id: '', names: [name], copyIds: [], extent: 'everything', to: 'browser', state },
    why,
  ).heading;
};

const MEGABYTE = 1_000_000;
const LIMITS = [null, 10 * MEGABYTE, 2 * MEGABYTE, MEGABYTE / 2] as const;

/** How fast it may be: as the select shows it. A limit that is none of ours is shown too. */
export const speedChoices = (
  t: Translate,
  chosen: number | null,
): readonly { readonly limit: number | null; readonly label: string }[] => {
  const limits: readonly (number | null)[] = LIMITS;
  return [...limits, ...(limits.includes(chosen) ? [] : [chosen])].map((limit) => ({
    limit,
    label: limit === null ? t('keeping_speed_free') : t('keeping_speed_most', [spokenSize(t, limit)]),
  }));
};
