import type { Program } from './program.ts';

/** What is checked without running the code, each under the name it has in a report. */
export const checks: readonly (Program & { readonly title: string })[] = [
  { title: 'types of src/core', name: 'tsc', args: ['-p', 'src/core'] },
  { title: 'types', name: 'tsc', args: ['-p', '.'] },
  { title: 'lint', name: 'oxlint', args: ['--type-aware'] },
  {
    title: 'format',
    name: 'prettier',
    args: [
      '--check',
      '--log-level',
      'warn',
      '{src,e2e,scripts,bench}/**/*.{ts,tsx,mts,mjs,css,html}',
      '*.ts',
    ],
  },
  { title: 'Firefox package', name: 'web-ext', args: ['lint', '--source-dir', 'dist/firefox'] },
];
