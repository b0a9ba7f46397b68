import type { CheckpointDigest } from '../../e2e/notebooks/compare.ts';

export interface Verdict {
  /** The demo's last line. */
  readonly line: string;
  /** Whether the resumed run reached the last step with the bytes and the loss of the uninterrupted one. */
  readonly same: boolean;
}

export const verdict = (
  uninterrupted: CheckpointDigest,
  resumed: CheckpointDigest,
  maxSteps: number,
): Verdict => {
  const sameAdapter = uninterrupted.adapterSha256 === resumed.adapterSha256;
  const adapter = sameAdapter
    ? `identical (sha256 ${resumed.adapterSha256})`
    : `different (sha256 ${uninterrupted.adapterSha256} and ${resumed.adapterSha256})`;
  return {
    line: [
      `steps ${resumed.globalStep}/${maxSteps}`,
      `loss uninterrupted ${shown(uninterrupted.lastLoss)}, resumed ${shown(resumed.lastLoss)}`,
      `adapter_model.safetensors ${adapter}`,
    ].join(' · '),
    same:
      sameAdapter &&
      uninterrupted.optimizerSha256 === resumed.optimizerSha256 &&
      uninterrupted.lastLoss === resumed.lastLoss &&
      resumed.globalStep === maxSteps,
  };
};

const shown = (loss: number | undefined): string => (loss === undefined ? 'not logged' : loss.toFixed(4));
