import type { MessageKey } from '../../protocol/messages-key.ts';
import type { HealthView } from '../../protocol/popup-view.ts';
import type { Translate } from '../translate.ts';

/** A way to what happens in the notebook, and how it stands. */
export interface Way {
  readonly name: string;
  readonly state: string;
}

const APPLICATION = {
  working: 'way_application_working',
  waiting: 'way_application_waiting',
  absent: 'way_application_absent',
} as const satisfies Record<HealthView['application'], MessageKey>;

const SOCKET = {
  reading: 'way_socket_reading',
  'standing-by': 'way_socket_standing_by',
  idle: 'way_socket_idle',
} as const satisfies Record<HealthView['kernelTap'], MessageKey>;

/** All ways, working or not: what somebody needs who wonders why nothing is seen, or reports it. */
export const waysOf = (t: Translate, { application, kernelTap, files }: HealthView): readonly Way[] => [
  { name: t('way_application'), state: t(APPLICATION[application]) },
  { name: t('way_socket'), state: t(SOCKET[kernelTap]) },
  {
    name: t('way_files'),
    state:
      files === 'working'
        ? t('way_files_working')
        : t(files === 'not-tried' ? 'way_files_not_tried' : 'way_files_trouble'),
  },
];
