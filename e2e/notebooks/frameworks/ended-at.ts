/** The weights of a PyTorch module as a list of arrays, from its state. */
export const torchWeights = (state: string): string => `[value.numpy() for value in ${state}.values()]`;

/**
 * A cell that prints where the training ended and what the weights are then: `epoch 12, weights 3f2a…`. Two runs that went
 * the same way print the same.
 *
 * @param epoch Python for the number of epochs that are done
 * @param weights Python for a list of arrays
 */
export const endedAt = (epoch: string, weights: string): string => `
import hashlib
digest = hashlib.sha256(b"".join(array.tobytes() for array in ${weights})).hexdigest()[:16]
print(f"epoch {${epoch}}, weights {digest}")
`;
