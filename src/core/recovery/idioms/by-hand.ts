import type { Framework } from '../../framework.ts';
import type { FrameworkTraining } from '../../source/framework-training.ts';
import { commandGoesOn } from './commands.ts';

/** What a cell says that its user made resume. */
const WORDS: Readonly<Partial<Record<Framework, RegExp>>> = {
  transformers: /resume_from_checkpoint/,
  lightning: /\bckpt_path\s*=|\bfabric\.load\(/,
  keras: /\binitial_epoch\s*=/,
  accelerate: /\.load_state\(/,
  deepspeed: /\.load_checkpoint\(/,
  tensorflow: /\.restore\(/,
  pytorch: /\btorch\.load\([^]*\.load_state_dict\(/,
  ultralytics: /\bresume\s*=\s*True\b/,
  sb3: /\breset_num_timesteps\s*=\s*False\b/,
  mmengine: /\.resume\s*=\s*True\b|\bresume\s*=\s*True\b/,
  detectron2: /\bresume_or_load\(\s*(?:resume\s*=\s*)?True\b/,
  fastai: /\bstart_epoch\s*=/,
  boosting: /\b(?:xgb_model|init_model)\s*=/,
  flair: /\.resume\(/,
  composer: /\bload_path\s*=/,
  ray: /\.restore\(/,
};

/**
 * Whether a cell that was not written by Holdfast goes on from what the run before it left: its user says so in it, or its
 * framework does so by itself.
 */
export function resumesByHand(
  source: string,
  framework: Framework | null,
  training: FrameworkTraining | null,
): boolean {
  if (source.includes('resume_from_checkpoint')) return true;
  if (training?.site.kind === 'command') return commandGoesOn(source, training.site);
  if (training?.site.kind === 'call' && training.site.backup !== null) return true;
  return framework !== null && (WORDS[framework]?.test(source) ?? false);
}
