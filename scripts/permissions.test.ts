import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../e2e/root.ts';
import manifest from '../manifest.json' with { type: 'json' };

const namesIn = (text: string): readonly string[] =>
  [...text.matchAll(/`([^`]+)`/g)].flatMap(([, name]) => name ?? []);

const document = await readFile(join(root, 'docs/PERMISSIONS.md'), 'utf8');
const lines = document.split('\n').filter((line) => /^\| .*`.*\|/.test(line));
const explained = lines.map((line) => ({
  names: namesIn(line.split('|')[1] ?? ''),
  why: line.split('|')[2]?.trim() ?? '',
}));
const hostOf = (pattern: string): string => /^[^:]+:\/\/([^/]+)\//.exec(pattern)?.[1] ?? pattern;
const hosts = [...manifest.host_permissions, ...manifest.content_scripts.flatMap(({ matches }) => matches)];

test('every permission and every host has its reason, and no reason is left of one that is gone', () => {
  const asked = new Set([...manifest.permissions, ...hosts.map(hostOf)]);
  expect(explained.flatMap(({ names }) => names).toSorted()).toEqual([...asked].toSorted());
  expect(explained.filter(({ why }) => why.length < 10)).toEqual([]);
});

test('what is said not to be asked for is not', () => {
  const notAsked = namesIn(/^Not asked for: (.*)$/m.exec(document)?.[1] ?? '');
  expect(notAsked.length).toBeGreaterThan(0);
  expect(manifest.permissions.filter((permission) => notAsked.includes(permission))).toEqual([]);
});
