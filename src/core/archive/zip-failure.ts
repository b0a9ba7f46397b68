/** Why an archive can't be read. `name` is the entry's, as it stands there: hostile. */
export type ZipFailure =
  /** It does not even begin like one. */
  | { readonly kind: 'not-a-zip' }
  /** It begins like one and does not end like one: it was cut short. */
  | { readonly kind: 'no-end' }
  /** The reader failed, or gave more or fewer bytes than it was asked for. */
  | { readonly kind: 'unreadable' }
  /** A part of an archive that is spread over several files. */
  | { readonly kind: 'several-disks' }
  | { readonly kind: 'directory-too-large'; readonly sizeBytes: number }
  /** The end points to a place where the directory can't be. */
  | { readonly kind: 'directory-outside' }
  | { readonly kind: 'directory-damaged' }
  /** The end says another number of entries than there are. macOS does, past 65,535. */
  | { readonly kind: 'count-lies' }
  /** No file can have this size in this many bytes. */
  | { readonly kind: 'sizes-lie'; readonly name: string }
  | { readonly kind: 'entry-outside'; readonly name: string }
  /** Two entries claim the same bytes: a bomb, or sizes past 4 GiB from a writer without zip64. */
  | { readonly kind: 'entries-overlap'; readonly name: string };
