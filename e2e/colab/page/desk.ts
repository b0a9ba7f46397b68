import type { Boot } from '../wire.ts';
import type { Connection } from './connection.ts';
import type { Notebook } from './notebook.ts';
import type { Runner } from './runner.ts';

/** What the parts of the page share. */
export interface Desk {
  readonly boot: Boot;
  readonly notebook: Notebook;
  readonly connection: Connection;
  readonly runner: Runner;
}
