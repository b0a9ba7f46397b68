import * as v from 'valibot';
import { browser } from './browser.ts';

const settingsSchema = v.object({
  /** Insert the resume cell by itself when a kernel is there again. */
  insertAfterReconnect: v.boolean(),
  /** Also run the setup cells and the resume cell by itself. */
  runAfterReconnect: v.boolean(),
  /** Hours between failures, as the user said; `null` or absent: taken from where the notebook runs. */
  hoursBetweenFailures: v.optional(v.nullable(v.pipe(v.number(), v.minValue(0.1), v.maxValue(10_000)))),
});
export type Settings = v.InferOutput<typeof settingsSchema>;

const KEY = 'settings';
const DEFAULTS: Settings = { insertAfterReconnect: true, runAfterReconnect: false };

export const readSettings = async (): Promise<Settings> => {
  const stored = await browser.storage.local.get(KEY);
  const parsed = v.safeParse(settingsSchema, stored[KEY]);
  return parsed.success ? parsed.output : DEFAULTS;
};

export const writeSettings = (settings: Settings): Promise<void> =>
  browser.storage.local.set({ [KEY]: settings });
