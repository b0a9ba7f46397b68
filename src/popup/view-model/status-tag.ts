import type { ConnectionView, LossView, NotebookState } from '../../protocol/popup-view.ts';
import type { MessageKey } from '../../protocol/messages-key.ts';
import type { Translate } from '../translate.ts';
import { isDiskGone } from './ended-headline.ts';
import { planHeadline } from './plan-headline.ts';
import type { Tone } from './tone.ts';
import { trainingHeadline } from './training-headline.ts';

export interface StatusTag {
  readonly tone: Tone;
  readonly word: string;
}

const CONNECTION = {
  connected: 'tag_training',
  offline: 'tag_offline',
  'server-unreachable': 'tag_no_answer',
  'notebook-disconnected': 'tag_notebook_disconnected',
  'runtime-disconnected': 'tag_runtime_disconnected',
  'person-wanted': 'tag_person_wanted',
  'page-away': 'tag_page_away',
} as const satisfies Record<ConnectionView['kind'], MessageKey>;

const CAUSE = {
  'kernel-died': 'tag_kernel_died',
  'kernel-restarted': 'tag_kernel_restarted',
  'kernel-shut-down': 'tag_kernel_shut_down',
  'server-stopped': 'tag_server_stopped',
  'server-restarted': 'tag_server_restarted',
  'machine-replaced': 'tag_machine_replaced',
  'gone-while-away': 'tag_gone',
} as const satisfies Record<LossView['cause'], MessageKey>;

const RECOVERY = {
  running: { tone: 'risk', key: 'tag_recovering' },
  failed: { tone: 'lost', key: 'tag_recovery_failed' },
  stopped: { tone: 'risk', key: 'tag_recovery_stopped' },
} as const;

/** The one or two words beside the notebook's name. */
export const statusTag = (t: Translate, state: NotebookState): StatusTag => {
  switch (state.kind) {
    case 'idle':
      return { tone: planHeadline(t, state.plan).tone, word: t('tag_ready') };
    case 'training': {
      const connected = state.connection.kind === 'connected';
      const tone = connected ? trainingHeadline(t, state.run, state.connection, 0).tone : 'risk';
      return { tone, word: t(CONNECTION[state.connection.kind]) };
    }
    case 'finished':
      return isDiskGone(state)
        ? { tone: 'lost', word: t('tag_machine_replaced') }
        : { tone: 'safe', word: t('tag_finished') };
    case 'stopped':
      return state.reason.kind === 'error'
        ? { tone: 'lost', word: t('tag_error') }
        : { tone: 'risk', word: t('tag_interrupted') };
    case 'lost':
      return { tone: 'lost', word: t(CAUSE[state.loss.cause]) };
    case 'recovering':
      return { tone: RECOVERY[state.status].tone, word: t(RECOVERY[state.status].key) };
    default:
      return state satisfies never;
  }
};
