import { loraStory, type Story } from './lora-story.ts';
import type { Notebook } from './notebook.ts';

/** A folder name that is legal on Linux and breaks whatever pastes it into code, HTML or a URL unescaped. */
export const hostileOutputDir = `runs/it's "żółty" <b>&amp;</b> 100%25 #1 {x} $(id) 模型`;

/** The LoRA story with that folder. */
export const hostileStory = (changes: Partial<Story> = {}): Notebook =>
  loraStory({ outputDir: hostileOutputDir, ...changes });
