import { popupPage } from './extension/popup-page.ts';
import { expect, test } from './fixtures.ts';
import { accelerateStory } from './notebooks/frameworks/accelerate-story.ts';
import { ending, uninterruptedEnding } from './notebooks/frameworks/ending.ts';
import { kerasStory } from './notebooks/frameworks/keras-story.ts';
import { lightningStory } from './notebooks/frameworks/lightning-story.ts';
import { pytorchStory } from './notebooks/frameworks/pytorch-story.ts';
import { tellingStory } from './notebooks/frameworks/telling-story.ts';
import { trainingCell } from './notebooks/lora-story.ts';
import { indexOf, type Notebook } from './notebooks/notebook.ts';
import { cellBelow } from './training.ts';

const pace = { epochs: 14, pause: 1 };
/** For those that write over the checkpoint before: it has to stand still between two looks. */
const slow = { epochs: 10, pause: 4 };

interface FrameworkRun {
  readonly framework: string;
  readonly book: Notebook;
  /** What the popup says while it trains, once a checkpoint was found to be whole. */
  readonly safe: RegExp;
  /** What is in the cell that resumes. */
  readonly resumesBy: RegExp;
  /** Run at each `npm test`; the others on demand. */
  readonly everyday?: true;
}

const runs: readonly FrameworkRun[] = [
  {
    framework: 'Lightning as it is, which says nothing of its checkpoints',
    book: lightningStory(slow),
    safe: /^Safe up to step \d+$/,
    resumesBy:
      /trainer\.fit\(model, loader, ckpt_path="lightning_logs\/version_0\/checkpoints\/epoch=\d+-step=\d+\.ckpt"\)/,
  },
  {
    framework: 'Keras with a silent ModelCheckpoint',
    book: kerasStory({
      ...pace,
      callback: 'keras.callbacks.ModelCheckpoint("checkpoints/model-{epoch:02d}.keras")',
    }),
    safe: /^Safe up to epoch \d+$/,
    resumesBy: /load_model\("checkpoints\/model-\d+\.keras"\)/,
  },
  {
    framework: 'Keras with a ModelCheckpoint of weights that tells of itself',
    book: kerasStory({
      ...pace,
      callback:
        'keras.callbacks.ModelCheckpoint("checkpoints/model-{epoch:02d}.weights.h5", save_weights_only=True, verbose=1)',
    }),
    safe: /^Safe up to epoch \d+$/,
    resumesBy: /load_weights\("checkpoints\/model-\d+\.weights\.h5"\)/,
  },
  {
    framework: 'Keras with BackupAndRestore',
    book: kerasStory({ ...slow, callback: 'keras.callbacks.BackupAndRestore("backup")' }),
    safe: /^Safe/,
    resumesBy: /BackupAndRestore\("backup"\)/,
  },
  {
    framework: 'accelerate',
    book: accelerateStory(pace),
    safe: /^Safe up to epoch \d+$/,
    resumesBy: /accelerator\.load_state\("states\/epoch_\d+"\)/,
  },
  {
    framework: 'a loop of PyTorch',
    book: pytorchStory(pace),
    safe: /^Safe up to epoch \d+$/,
    everyday: true,
    resumesBy: /torch\.load\("checkpoints\/model_epoch_\d+\.pt"/,
  },
  {
    framework: 'the Trainer at log_level="info", with a folder that only its log tells',
    book: tellingStory({ maxSteps: 400, saveSteps: 50, pause: 0.05 }),
    safe: /^Safe up to step \d+$/,
    resumesBy: /trainer\.train\(resume_from_checkpoint="trained\/llama\/checkpoint-\d+"\)/,
  },
];

for (const { framework, book, safe, resumesBy, everyday } of runs) {
  test(
    `a run is seen, killed, resumed, and ends as one that nothing happened to: ${framework}`,
    { tag: everyday === true ? [] : ['@long'] },
    async ({ open, browserWithExtension }) => {
      test.setTimeout(240_000);
      const notebook = await open(book);
      const training = indexOf(book, trainingCell);
      await notebook.runAllAbove(training, { timeoutMs: 120_000 });
      const popup = popupPage(await browserWithExtension.openPopup(notebook.page));
      await notebook.page.bringToFront();
      await notebook.start(training);
      await popup.says(safe, { timeoutMs: 60_000 });

      await notebook.server.killKernel(await notebook.kernelId());
      await popup.says(/^Stopped|^The kernel/);
      await notebook.dismissKernelRestarting();
      await expect.poll(() => cellBelow(notebook)).toMatch(resumesBy);

      await popup.press(/Run setup and resume/);
      await popup.says(/^Finished/, { timeoutMs: 120_000 });
      expect(await ending(notebook)).toBe(await uninterruptedEnding(book));
    },
  );
}
