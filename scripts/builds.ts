import type { Program } from './program.ts';

export const buildChrome: Program = {
  name: 'vite',
  args: ['build', '--mode', 'chrome', '--logLevel', 'warn'],
};
export const buildFirefox: Program = {
  name: 'vite',
  args: ['build', '--mode', 'firefox', '--logLevel', 'warn'],
};
export const builds = [buildChrome, buildFirefox] as const;
