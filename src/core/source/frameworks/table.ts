import { boostingCall, catboostCall } from './boosting.ts';
import { fastaiCall } from './fastai.ts';
import { kerasCall } from './keras.ts';
import { lightningCall } from './lightning.ts';
import { detectronCall, mmengineCall } from './openmmlab.ts';
import { composerCall, flairCall, rayCall } from './other-calls.ts';
import { sb3Call } from './sb3.ts';
import type { CallReader } from './scene.ts';
import { ultralyticsCall } from './ultralytics.ts';

/** In this order: those told by what made an object before those that are also told by names. */
export const callReaders: readonly CallReader[] = [
  ultralyticsCall,
  sb3Call,
  mmengineCall,
  detectronCall,
  flairCall,
  composerCall,
  rayCall,
  fastaiCall,
  catboostCall,
  boostingCall,
  kerasCall,
  lightningCall,
];
