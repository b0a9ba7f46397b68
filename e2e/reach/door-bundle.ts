import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** The way into a kernel as one script, for a context of the extension that has no message for it. */
export const doorBundle = async (): Promise<string> => {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      write: false,
      minify: false,
      target: 'chrome120',
      lib: {
        entry: fileURLToPath(new URL('door.ts', import.meta.url)),
        formats: ['iife'],
        name: 'holdfastDoor',
      },
    },
  });
  const outputs = Array.isArray(result) ? result.flatMap(({ output }) => output) : [];
  const chunk = outputs.find((output) => output.type === 'chunk');
  if (chunk === undefined) throw new Error('reach/door.ts gave no script');
  return chunk.code;
};
