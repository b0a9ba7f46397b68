import type { CheckpointFolder } from './checkpoint-folder.ts';

/** What is asked of a contender: this folder, over this line. */
export interface Course {
  /** Address of the server over that line, with a slash at the end. */
  readonly url: string;
  readonly token: string;
  readonly checkpoint: CheckpointFolder;
  /** The checkpoint's path below the server's root. */
  readonly path: string;
  /** An empty folder of the contender's own. */
  readonly into: string;
}

export interface Arrival {
  readonly seconds: number;
  /** The archive on the disk, `null` where none is made. */
  readonly zip: string | null;
  /** By how many bytes the browser's processes grew meanwhile. */
  readonly grownBytes?: number;
  /** What it says of itself, for example how the time was spent. */
  readonly note?: string;
}

export interface Contender {
  readonly name: ContenderName;
  /** From the first byte asked until all is on the disk. Throws when it can't. */
  readonly run: (course: Course) => Promise<Arrival>;
}

export type ContenderName =
  'ours' | 'curl' | 'curl + sha256sum + zip' | 'JSZip' | 'client-zip' | 'jupyter-archive';

/** Address of a file of the checkpoint. */
export const fileUrl = ({ url, path }: Course, file: string): string => `${url}files/${path}/${file}`;
