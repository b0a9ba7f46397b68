import type { Vault } from '../vault/vault.ts';
import { isOver, type Job } from './job.ts';

/** What was copied only for a zip goes when the zip is on the disk. */
export const takeAwayTemporary = async (vault: Vault, copyIds: readonly string[]): Promise<void> => {
  for (const id of copyIds) if ((await vault.read(id))?.purpose === 'zip') await vault.remove(id);
};

/**
 * A cancelled job leaves nothing behind but what the user had kept before, and what another job is at. One that failed and
 * was dismissed leaves the beginning of what was to be kept: it can be gone on with from the list of copies.
 *
 * @param jobs All of them.
 */
export const takeAwayOf = async (
  vault: Vault,
  job: Job,
  jobs: readonly Job[],
  why: 'cancelled' | 'dismissed',
): Promise<void> => {
  if (job.to === 'server') return;
  const others = jobs.filter((other) => other.id !== job.id && !isOver(other));
  const wanted = new Set(others.flatMap(({ items }) => items.map(({ folder }) => folder)));
  for (const entry of await vault.list()) {
    if (entry.kind !== 'copy' || entry.record.notebook.id !== job.notebookId) continue;
    const { id, from, state, purpose } = entry.record;
    const isOfJob = job.items.some(({ folder }) => folder === from.folder) && !wanted.has(from.folder);
    const isLeft = why === 'dismissed' && purpose === 'keep';
    if (isOfJob && !isLeft && (state === 'copying' || purpose === 'zip')) await vault.remove(id);
  }
};

/** Copies for zips that nobody waits for any more. */
export const takeAwayOrphans = async (vault: Vault, jobs: readonly Job[]): Promise<void> => {
  const wanted = new Set(
    jobs.flatMap((job) => (job.state.kind === 'done' ? [] : job.items.map(({ folder }) => folder))),
  );
  for (const entry of await vault.list())
    if (entry.kind === 'copy' && entry.record.purpose === 'zip' && !wanted.has(entry.record.from.folder))
      await vault.remove(entry.record.id);
};
