import { fail } from '../../result.ts';
import type { Framework } from '../../framework.ts';
import type { FrameworkTraining } from '../../source/framework-training.ts';
import type { ResumePoint } from '../resume-point.ts';
import { askedLoopIdiom } from './asked-loop.ts';
import { boostingIdiom } from './boosting.ts';
import { commandIdiom } from './commands.ts';
import { accelerateIdiom, deepspeedIdiom, fabricIdiom, tensorflowIdiom } from './driven-loops.ts';
import { fastaiIdiom } from './fastai.ts';
import type { CallIdiom, IdiomResult, LoopIdiom } from './idiom.ts';
import { kerasIdiom } from './keras.ts';
import { lightningIdiom } from './lightning.ts';
import { detectronIdiom, mmengineIdiom } from './openmmlab.ts';
import { composerIdiom, flairIdiom, rayIdiom } from './other-calls.ts';
import { pytorchIdiom } from './pytorch.ts';
import { sb3Idiom } from './sb3.ts';
import { ultralyticsIdiom } from './ultralytics.ts';

interface FrameworkIdioms {
  /** For `trainer.fit(…)` and its like. */
  readonly call?: CallIdiom;
  /** For a loop that its user wrote. */
  readonly loop?: LoopIdiom;
}

/** How each framework goes on in a notebook. What is not here is resumed by its command line, or not known. */
const IDIOMS: Readonly<Partial<Record<Framework, FrameworkIdioms>>> = {
  lightning: { call: lightningIdiom, loop: fabricIdiom },
  keras: { call: kerasIdiom },
  tensorflow: { loop: tensorflowIdiom },
  accelerate: { loop: accelerateIdiom },
  pytorch: { loop: pytorchIdiom },
  deepspeed: { loop: deepspeedIdiom },
  ultralytics: { call: ultralyticsIdiom },
  sb3: { call: sb3Idiom },
  mmengine: { call: mmengineIdiom },
  detectron2: { call: detectronIdiom },
  fastai: { call: fastaiIdiom },
  boosting: { call: boostingIdiom },
  flair: { call: flairIdiom },
  composer: { call: composerIdiom },
  ray: { call: rayIdiom },
};

/** What has to be changed in a training cell to go on from a checkpoint, in the way of its framework. */
export function idiomFor(source: string, training: FrameworkTraining, point: ResumePoint): IdiomResult {
  const { site } = training;
  const idioms = IDIOMS[training.framework];
  switch (site.kind) {
    case 'command':
      return commandIdiom({ source, training, site, point });
    case 'call':
      return idioms?.call?.({ source, training, site, point }) ?? fail({ kind: 'idiom-unknown' });
    case 'loop':
      if (point.asked !== undefined) return askedLoopIdiom({ source, training, site, point });
      return idioms?.loop?.({ source, training, site, point }) ?? fail({ kind: 'idiom-unknown' });
    default:
      return site satisfies never;
  }
}
