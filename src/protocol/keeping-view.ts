import type { Extent, JobFailure } from './home-view.ts';

/** Copies that are made by themselves of each checkpoint of a notebook: whether, how, and how it goes. */
export type KeepingView =
  /** Not asked for yet, and there is nothing to offer it for. */
  | { readonly kind: 'not-yet' }
  /** A first whole checkpoint is there: the question is put, once. Sizes are those of that checkpoint. */
  | { readonly kind: 'offer'; readonly sizeBytes: number | null; readonly inferenceBytes: number | null }
  | ({ readonly kind: 'off' } & KeepingChoice)
  | ({
      readonly kind: 'on';
      readonly underWay: KeepingUnderWay | null;
      /** The newest that was kept. */
      readonly last: { readonly name: string; readonly at: number; readonly sizeBytes: number } | null;
      /** Why a newer one than that was not. */
      readonly trouble: { readonly name: string; readonly why: JobFailure } | null;
    } & KeepingChoice);

/** What the user chose. */
export interface KeepingChoice {
  readonly extent: Extent;
  readonly paused: boolean;
  /** `null`: no faster than the server answers well. */
  readonly mostBytesPerSecond: number | null;
}

export interface KeepingUnderWay {
  readonly name: string;
  /** `behind`: what the user asked for comes first. `trying-again`: the server does not answer at the moment. */
  readonly state: 'copying' | 'behind' | 'trying-again';
  /** From 0 to 1, `null` before its size is known. */
  readonly share: number | null;
}
