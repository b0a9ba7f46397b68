import { expect, it } from 'vitest';
import { compiles } from '../python-rig.ts';
import { isHoldfastCell, isOwnBesideSetup } from '../recovery/holdfast-cell.ts';
import { REACH_SOURCE } from './reach-program.ts';
import { WATCH_ANSWER, WATCH_REQUEST, watchCell, watchRequest } from './watch-cell.ts';

it('compiles whatever the paths are, and reads as what it is', () => {
  const cell = watchCell(`it's "so"\n😀\\`, {
    comment: 'lets you ask for a checkpoint\nevil()',
    ready: 'ready\n',
    missing: '"gone"',
  });
  expect(cell.split('\n')[0]).toBe('# Holdfast: lets you ask for a checkpoint evil()');
  expect(() => compiles(cell)).not.toThrow();
  expect(isHoldfastCell(cell)).toBe(true);
  expect(isOwnBesideSetup(cell), 'a recovery runs it again').toBe(false);
});

it('uses the names that our Python looks for', () => {
  expect(REACH_SOURCE).toContain(`REQUEST = "${WATCH_REQUEST}"`);
  expect(REACH_SOURCE).toContain(`ANSWER = "${WATCH_ANSWER}"`);
  expect(JSON.parse(watchRequest('a', { do: 'save', stop: true }))).toEqual({
    do: 'save',
    stop: true,
    id: 'a',
  });
});
