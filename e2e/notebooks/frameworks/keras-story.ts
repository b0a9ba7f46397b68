import { code, notebook, type Notebook } from '../notebook.ts';
import { trainingCell } from '../lora-story.ts';
import { endedAt } from './ended-at.ts';
import type { EpochStory } from './lightning-story.ts';

export interface KerasStory extends EpochStory {
  /** What keeps the checkpoints, as one writes it in the list of callbacks. */
  readonly callback: string;
}

/** A small regression in Keras 3, on the PyTorch backend. */
export const kerasStory = ({ epochs, pause, callback }: KerasStory): Notebook =>
  notebook(
    code(
      'imports',
      `
import os
os.environ["KERAS_BACKEND"] = "torch"
import time
import keras
import numpy as np

keras.utils.set_random_seed(7)
`,
    ),
    code(
      'data',
      `
x = np.linspace(-1, 1, 512, dtype="float32")[:, None]
y = np.sin(3 * x)
`,
    ),
    code(
      'model',
      `
model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(32, activation="tanh"), keras.layers.Dense(1)])
model.compile(optimizer=keras.optimizers.Adam(1e-2), loss="mse")
`,
    ),
    code(
      trainingCell,
      `
pace = keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: time.sleep(${pause}))
callbacks = [${callback}, pace]
history = model.fit(x, y, epochs=${epochs}, batch_size=64, shuffle=False, callbacks=callbacks)
`,
    ),
    code('after', endedAt('history.epoch[-1] + 1', 'model.get_weights()')),
  );
