import type { MessageKey } from '../protocol/messages-key.ts';
import type { FilesTrouble } from '../protocol/popup-view.ts';

/** What is said of files that cannot be read. */
export const FILES_TROUBLE = {
  'signed-out': 'health_files_signed_out',
  forbidden: 'health_files_forbidden',
  'server-error': 'health_files_server_error',
  'server-stopped': 'health_files_server_stopped',
  'too-many-requests': 'health_files_too_many_requests',
  unreachable: 'health_files_unreachable',
  'not-understood': 'health_files_not_understood',
  'unsupported-site': 'health_files_unsupported_site',
} as const satisfies Record<FilesTrouble, MessageKey>;
