/** One entry of a folder on the machine that trains, as the server lists it. */
export interface ListedFile {
  readonly name: string;
  readonly kind: 'file' | 'directory';
  /** `null` where the server does not say (folders, older servers). */
  readonly sizeBytes: number | null;
  /** Last change in milliseconds since the epoch, by the server's clock. */
  readonly modifiedAt: number | null;
}

/** A folder as it stood at one look. */
export interface FolderListing {
  /** Path relative to the server's root, `/` between names, no leading slash. */
  readonly path: string;
  readonly entries: readonly ListedFile[];
}
