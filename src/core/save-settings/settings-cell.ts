import { holdfastComment, setupVariable } from '../recovery/holdfast-cell.ts';
import { pythonLiteral } from '../recovery/python-literal.ts';
import type { SaveSettings } from './save-settings.ts';

/** The sentences of a settings cell. `{steps}`, `{keep}` and `{metric}` are filled in by Python when the cell runs. */
export interface SettingsWords {
  /** First line of the cell. */
  readonly comment: string;
  readonly noTrainer: string;
  readonly savesEvery: string;
  readonly savesAtEnd: string;
  readonly keeps: string;
  readonly keepsAll: string;
  readonly best: string;
  readonly bestNotTold: string;
  readonly announces: string;
  readonly notResumable: string;
}

/**
 * A cell that sets how an existing Trainer saves, to be run after the trainer was made and before it trains: the Trainer
 * reads `args` at `train()` (`TrainerState.compute_steps`, `DefaultFlowCallback`), so what is set by then holds.
 *
 * It prints what holds now, read back from `trainer.args`, and raises nothing: a trainer that is not there makes the training
 * cell fail by itself, and of what cannot be had (the best one without an `eval_dataset`) the rest is still worth a night.
 *
 * - Strategies are set as text. They are enumerations of `str` in every version, and compared with `==`.
 * - `evaluation_strategy` became `eval_strategy` in 4.41.
 * - `with suppress(…)` and not `try`: what stands in it is read as sure to happen, so the plan shows it before it runs.
 *
 * Read in 5.23, and as far as the older sources tell good for 4.40 and later.
 *
 * @param trainer A name, or a chain of names, as the training cell has it.
 */
export function writeSettingsCell(trainer: string, settings: SaveSettings, words: SettingsWords): string {
  const body = [
    ...(settings.saveSteps === null
      ? [`${trainer}.args  # nothing of it is changed`, `${setupVariable} = "Holdfast:"`]
      : [...assignments(trainer, settings), ...says(trainer, settings, words)]),
    ...(settings.best ? tracksBest(trainer, words) : keepsMeasuring(trainer, settings)),
    ...(settings.saveSteps === null
      ? []
      : [`if getattr(${trainer}.args, "save_only_model", False):`, `    ${add(words.notResumable)}`]),
    ...(settings.announces ? announces(trainer, words) : []),
  ];
  return [
    holdfastComment(words.comment),
    'from contextlib import suppress',
    '',
    `${setupVariable} = ${pythonLiteral(words.noTrainer)}`,
    'with suppress(NameError, AttributeError):',
    ...body.map((line) => (line === '' ? '' : `    ${line}`)),
    `print(${setupVariable})`,
  ].join('\n');
}

/** The lines that set it, for a person to copy into a cell between the trainer and its training. */
export function settingsLines(trainer: string, settings: SaveSettings): string {
  return [
    ...assignments(trainer, settings),
    ...(settings.best
      ? fields(bestFields(settings)).map((field) => `${trainer}.args.${field.join(' = ')}`)
      : []),
  ].join('\n');
}

/** The same as arguments of `TrainingArguments(…)`, for a trainer that is made in the cell that trains. */
export function settingsArguments(settings: SaveSettings): string {
  const all = { ...saveFields(settings), ...(settings.best ? bestFields(settings) : {}) };
  return fields(all)
    .map((field) => `${field.join('=')},`)
    .join('\n');
}

type Fields = Readonly<Record<string, string>>;
const fields = (all: Fields): readonly (readonly [string, string])[] => Object.entries(all);

const saveFields = ({ saveSteps, keep }: SaveSettings): Fields =>
  saveSteps === null
    ? {}
    : {
        save_strategy: '"steps"',
        save_steps: String(saveSteps),
        save_total_limit: keep === null ? 'None' : String(keep),
      };

const bestFields = ({ saveSteps }: SaveSettings): Fields => ({
  eval_strategy: '"steps"',
  eval_steps: String(saveSteps),
  load_best_model_at_end: 'True',
  metric_for_best_model: '"loss"',
  greater_is_better: 'False',
});

const assignments = (trainer: string, settings: SaveSettings): readonly string[] =>
  fields(saveFields(settings)).map((field) => `${trainer}.args.${field.join(' = ')}`);

const add = (text: string): string => `${setupVariable} += ${pythonLiteral(` ${text}`)}`;

const says = (
  trainer: string,
  { saveSteps, keep }: SaveSettings,
  words: SettingsWords,
): readonly string[] => {
  const saves = saveSteps !== null && saveSteps < 1 ? words.savesAtEnd : words.savesEvery;
  const kept = keep === null ? words.keepsAll : words.keeps;
  const text = pythonLiteral(`${saves} ${kept}`);
  return [
    `${setupVariable} = ${text}.format(steps=${trainer}.args.save_steps, keep=${trainer}.args.save_total_limit)`,
  ];
};

const evalStrategy = (trainer: string): string =>
  `setattr(${trainer}.args, "eval_strategy" if hasattr(${trainer}.args, "eval_strategy") else "evaluation_strategy", "steps")`;

/**
 * `load_best_model_at_end` wants a measure at each save, with a name that is in it: the Trainer stops with an error at its
 * first evaluation where it is not. A model without labels gives no loss, several datasets give several.
 */
const tracksBest = (trainer: string, words: SettingsWords): readonly string[] => [
  `if isinstance(getattr(${trainer}, "eval_dataset", None), (dict, type(None))) or not (`,
  `    getattr(${trainer}, "label_names", True) or getattr(${trainer}, "can_return_loss", True)`,
  '):',
  `    ${add(words.bestNotTold)}`,
  'else:',
  `    ${evalStrategy(trainer)}`,
  `    ${trainer}.args.eval_steps = ${trainer}.args.save_steps`,
  `    ${trainer}.args.load_best_model_at_end = True`,
  `    ${trainer}.args.metric_for_best_model = ${trainer}.args.metric_for_best_model or "loss"`,
  `    if ${trainer}.args.greater_is_better is None:`,
  `        ${trainer}.args.greater_is_better = not ${trainer}.args.metric_for_best_model.endswith("loss")`,
  `    ${add(words.best)}.format(metric=${trainer}.args.metric_for_best_model)`,
];

/** Who tracks the best already goes on to: its evaluations must fall on the saves. */
const keepsMeasuring = (trainer: string, { saveSteps }: SaveSettings): readonly string[] =>
  saveSteps === null
    ? []
    : [
        `if getattr(${trainer}.args, "load_best_model_at_end", False):  # it must be measured at each save`,
        `    ${evalStrategy(trainer)}`,
        `    ${trainer}.args.eval_steps = ${trainer}.args.save_steps`,
      ];

/**
 * A callback, because the Trainer's own line ("Saving model checkpoint to …") is shown only with a dozen others once its logger
 * is set to INFO, and comes before anything is written; this one comes when the checkpoint is whole.
 */
const announces = (trainer: string, words: SettingsWords): readonly string[] => [
  'import os',
  'from transformers import TrainerCallback',
  '',
  'class HoldfastAnnounces(TrainerCallback):',
  '    def on_save(self, args, state, control, **kwargs):',
  '        folder = os.path.join(args.output_dir, f"checkpoint-{state.global_step}")',
  '        print(f"Saving model checkpoint to {folder}", flush=True)',
  '',
  `for holdfast_old in [each for each in ${trainer}.callback_handler.callbacks if type(each).__name__ == "HoldfastAnnounces"]:`,
  `    ${trainer}.remove_callback(holdfast_old)`,
  `${trainer}.add_callback(HoldfastAnnounces())`,
  add(words.announces),
];
