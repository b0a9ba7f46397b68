import type { ZipFolder } from '../core/archive/folders-in-zip.ts';
import type { RestorePlace } from '../protocol/background-message.ts';
import type { TaskEnd, UnpackTask } from '../protocol/transfer-message.ts';

/** What the page needs of the rest. */
export interface RestoreDoor {
  place(): Promise<RestorePlace | null>;
  /** Takes a folder of a zip into this browser; told how many bytes are done. */
  unpack(task: Omit<UnpackTask, 'kind' | 'taskId'>, onDone: (bytes: number) => void): Promise<TaskEnd>;
  /** Whether the copy is on its way to the server. */
  putBack(notebookId: string, copyId: string): Promise<boolean>;
}

/** What the page is at. */
export type RestoreState =
  | { readonly kind: 'choosing'; readonly trouble: RestoreTrouble | null }
  | { readonly kind: 'read'; readonly file: File; readonly folders: readonly ZipFolder[] }
  | { readonly kind: 'unpacking'; readonly doneBytes: number; readonly totalBytes: number }
  | { readonly kind: 'handed-over'; readonly name: string; readonly folder: string };

export type RestoreTrouble = 'not-a-zip' | 'cut-short' | 'damaged' | 'empty' | 'no-room' | 'not-taken';
