import { isDiskInDoubt, type Disk, type LossCause } from '../core/recovery/diagnosis.ts';
import { positionOf } from '../core/run/progress.ts';
import type { Run } from '../core/run/run.ts';
import { safeCheckpoint, type KnownSaves } from '../core/run/saves.ts';
import type { MessageKey } from '../protocol/messages-key.ts';
import { placePhrase } from './place-phrase.ts';

/** A message with what is put into it. */
export type Body = readonly [MessageKey, ...string[]];

export const titleOfLoss = (cause: LossCause): MessageKey => WORDS[cause].title;

/** What a notification of a loss says: at which step, what survived; "nothing was saved" only where that was seen. */
export const bodyOfLoss = (
  run: Run,
  { cause, disk }: { readonly cause: LossCause; readonly disk: Disk },
  saves: KnownSaves,
): Body => {
  const position = positionOf(run);
  const safe = safeCheckpoint(run)?.name ?? null;
  if (position === null) return safe === null ? ['notify_body_nothing_known'] : ['notify_body_no_step', safe];
  const step = placePhrase(position.unit, position.step);
  if (isDiskInDoubt(cause) && disk !== 'kept')
    return disk === 'empty'
      ? ['notify_machine_replaced_body_no_checkpoint', step]
      : inDoubt(cause, step, safe);
  if (safe !== null) return [WORDS[cause].body, step, safe];
  return withoutSafe(cause, step, saves);
};

/** Nobody has looked at the disk since: what was safe on it may be gone. */
const inDoubt = (cause: LossCause, step: string, safe: string | null): Body => {
  if (cause === 'server-stopped')
    return safe === null
      ? ['notify_server_stopped_body_in_doubt_none', step]
      : ['notify_server_stopped_body_in_doubt', step, safe];
  return safe === null ? ['notify_body_disk_in_doubt_none', step] : ['notify_body_disk_in_doubt', step, safe];
};

const withoutSafe = (cause: LossCause, step: string, saves: KnownSaves): Body => {
  switch (saves) {
    case 'checking':
      return ['notify_body_checking', step];
    case 'none-whole':
      return ['notify_body_none_whole', step];
    case 'unknown':
      return ['notify_body_saves_unknown', step];
    case 'seen':
      // Of another machine those words say that the disk went with the old one.
      return [WORDS[cause === 'machine-replaced' ? 'server-restarted' : cause].nothingSafe, step];
    default:
      return saves satisfies never;
  }
};

const wordsOf = <
  const C extends
    | 'kernel_died'
    | 'kernel_restarted'
    | 'kernel_shut_down'
    | 'server_stopped'
    | 'server_restarted'
    | 'machine_replaced'
    | 'gone_while_away',
>(
  cause: C,
) =>
  ({
    title: `notify_${cause}_title`,
    body: `notify_${cause}_body`,
    nothingSafe: `notify_${cause}_body_no_checkpoint`,
  }) as const;

const WORDS = {
  'kernel-died': wordsOf('kernel_died'),
  'kernel-restarted': wordsOf('kernel_restarted'),
  'kernel-shut-down': wordsOf('kernel_shut_down'),
  'server-stopped': wordsOf('server_stopped'),
  'server-restarted': wordsOf('server_restarted'),
  'machine-replaced': wordsOf('machine_replaced'),
  'gone-while-away': wordsOf('gone_while_away'),
} as const;
