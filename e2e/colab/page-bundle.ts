import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const built = new Map<string, Promise<string>>();

/** A program of the page as one script that starts by itself. Built once in a process. */
export const bundled = (name: 'main' | 'frame'): Promise<string> => {
  const known = built.get(name) ?? bundle(name);
  built.set(name, known);
  return known;
};

const bundle = async (name: string): Promise<string> => {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      write: false,
      minify: false,
      target: 'chrome120',
      lib: {
        entry: fileURLToPath(new URL(`page/${name}.ts`, import.meta.url)),
        formats: ['iife'],
        name: 'colabStandIn',
      },
    },
  });
  const outputs = Array.isArray(result) ? result.flatMap(({ output }) => output) : [];
  const chunk = outputs.find((output) => output.type === 'chunk');
  if (chunk === undefined) throw new Error(`page/${name}.ts gave no script`);
  // It stands inside a script element, which ends at the first such letters.
  return chunk.code.replaceAll('</script', String.raw`<\/script`);
};
