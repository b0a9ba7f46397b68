import * as v from 'valibot';
import { browser } from '../browser/browser.ts';
import { jobSchema, type Job } from './job.ts';

const KEY = 'jobs';
/** Of those that are over, as many are remembered. */
const MAX_JOBS = 50;

export interface JobStore {
  /** Resolves when what was kept from before has been read. Nothing else may be called earlier. */
  readonly ready: Promise<void>;
  /** Oldest first. */
  all(): readonly Job[];
  get(id: string): Job | null;
  add(job: Job): Promise<void>;
  change(
    id: string,
    change: Partial<Pick<Job, 'state' | 'items' | 'download' | 'occupied' | 'automatic'>>,
  ): Promise<void>;
  remove(id: string): Promise<void>;
}

/** The jobs of this browser: they outlive the background, and the browser. */
export const createJobStore = (onChange: (job: Job) => void): JobStore => {
  const jobs = new Map<string, Job>();

  const read = async (): Promise<void> => {
    const stored = (await browser.storage.local.get(KEY))[KEY];
    for (const each of Array.isArray(stored) ? stored : []) {
      const parsed = v.safeParse(jobSchema, each);
      if (parsed.success) jobs.set(parsed.output.id, parsed.output);
    }
  };
  const write = (): Promise<void> =>
    browser.storage.local.set({ [KEY]: [...jobs.values()].slice(-MAX_JOBS) });

  return {
    ready: read(),
    all: () => [...jobs.values()],
    get: (id) => jobs.get(id) ?? null,
    async add(job) {
      jobs.set(job.id, job);
      await write();
      onChange(job);
    },
    async change(id, change) {
      const job = jobs.get(id);
      if (job === undefined) return;
      const changed = { ...job, ...change };
      jobs.set(id, changed);
      await write();
      onChange(changed);
    },
    async remove(id) {
      const job = jobs.get(id);
      jobs.delete(id);
      await write();
      if (job !== undefined) onChange(job);
    },
  };
};
