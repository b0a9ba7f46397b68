/** How a run can be asked for saves while it trains. */
export interface AskingView {
  /** `refused`: a click has shown that no socket of ours reaches the kernel. */
  readonly door: 'unknown' | 'open' | 'refused';
  /** What trains is a framework that can be asked, in the kernel itself, and there is a way to it. */
  readonly canBeAsked: boolean;
  /** The page gives a way to put a cell in. */
  readonly canInsert: boolean;
  /** The cell as text, where the page gives none. */
  readonly copyText: string | null;
  /** The cell of ours that takes wishes as files. `ran`: in the present life of the kernel. */
  readonly inserted: { readonly ran: boolean } | null;
}
