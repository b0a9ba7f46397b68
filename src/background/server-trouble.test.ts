import { expectTypeOf, test } from 'vitest';
import type { ServerTrouble } from '../protocol/server-trouble.ts';
import type { RuntimeFailure } from '../runtime/failure.ts';
import type { ReadFailure } from '../runtime/file-part.ts';
import type { TreeFailure } from '../runtime/list-tree.ts';
import type { WriteFailure } from '../runtime/write-file.ts';
import type { NoServer } from './server-desk.ts';

type Failure = RuntimeFailure | ReadFailure | WriteFailure | TreeFailure | NoServer;

/** Held by the compiler: `npm run check` fails when a failure has no words, or words have no failure. */
test('every failure of a server can be told, and nothing else', () => {
  expectTypeOf<Failure>().toExtend<ServerTrouble>();
  expectTypeOf<ServerTrouble['kind']>().toEqualTypeOf<Failure['kind']>();
});
