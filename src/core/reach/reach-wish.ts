/** What a visit asks of the run. */
export type ReachWish =
  | { readonly do: 'state' }
  /** A checkpoint at the next step's end; `stop`: then the training ends as if it had come to its end. */
  | { readonly do: 'save'; readonly stop?: boolean; readonly folder?: string }
  /** One every so many steps from now; of those, `keep` stay (2 unless said). */
  | { readonly do: 'every'; readonly every: number; readonly keep?: number; readonly folder?: string }
  /** No more of those. */
  | { readonly do: 'undo' }
  /** The awaited one is not made. */
  | { readonly do: 'cancel' };
