import { diagnose, type Evidence } from '../core/recovery/diagnosis.ts';
import type { Notebook } from './notebook.ts';

/** The page's line to the kernel after new evidence. Says since when, and leaves the moment alone while it stays the same. */
export const withLine = (notebook: Notebook, evidence: Evidence, at: number): Notebook => {
  const after = diagnose({ state: 'running', line: notebook.connection.kind }, evidence);
  if (after.state === 'lost' || after.line === notebook.connection.kind) return notebook;
  const kind = after.line;
  return { ...notebook, connection: kind === 'connected' ? { kind } : { kind, since: at } };
};
