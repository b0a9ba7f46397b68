import { fail, ok, type Result } from '../core/result.ts';
import { resumePoint } from '../core/recovery/resume-point-of.ts';
import type { Run, SeenCheckpoint } from '../core/run/run.ts';
import { readAdapterConfig, readModelConfig } from '../core/use/checkpoint-config.ts';
import type { UsedCheckpoint } from '../core/use/recipe.ts';
import { readText } from '../runtime/text-file.ts';
import type { Notebook } from './notebook.ts';
import type { ServerDesk } from './server-desk.ts';

/** Longest configuration that is read, in bytes; those with hundreds of thousands of labels are larger. */
const MAX_CONFIG_BYTES = 1024 * 1024;

type KnownFolder = Extract<Run['folder'], { kind: 'known' }>;

/** Reads what of a checkpoint's own files tells how it is loaded. Of one that is a file there is nothing to read. */
export const readUsedCheckpoint = async (
  servers: Pick<ServerDesk, 'ask'>,
  record: Notebook,
  folder: KnownFolder,
  checkpoint: SeenCheckpoint,
): Promise<Result<UsedCheckpoint, 'files-not-read'>> => {
  const { name, form, framework, step } = checkpoint;
  const { path, holds } = resumePoint(checkpoint, folder.asWritten);
  const listed = record.lookMemory?.checkpoints.find((known) => known.checkpoint.name === name)?.listing;
  const files = listed?.entries.map((entry) => entry.name) ?? [];
  const about = { name, path, form, framework, step, weightsOnly: holds === 'weights-only', files };
  if (form !== 'folder') return ok({ ...about, adapter: null, config: null });

  /** `null`: it is not there, or too large to be what its name says. */
  const textOf = async (file: string): Promise<Result<string | null, 'files-not-read'>> => {
    if (files.length > 0 && !files.includes(file)) return ok(null);
    const at = [folder.onServer, name, file].filter((part) => part !== '').join('/');
    const text = await servers.ask(record, ({ address, access }) =>
      readText(address, at, MAX_CONFIG_BYTES, access),
    );
    if (text.ok) return text;
    const { kind } = text.failure;
    return kind === 'not-found' || kind === 'too-large' ? ok(null) : fail('files-not-read');
  };
  const adapter = await textOf('adapter_config.json');
  const config = await textOf('config.json');
  if (!adapter.ok) return adapter;
  if (!config.ok) return config;
  return ok({
    ...about,
    adapter: adapter.value === null ? null : readAdapterConfig(adapter.value),
    config: config.value === null ? null : readModelConfig(config.value),
  });
};
