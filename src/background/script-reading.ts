import { readScript } from '../core/source/read-script.ts';
import { writtenScript } from '../core/source/read-training.ts';
import type { CellSource, ScriptCall, ScriptSource } from '../core/source/training-source.ts';
import { locateFolder } from '../core/run/output-folder.ts';
import { readText } from '../runtime/text-file.ts';
import type { Notebook } from './notebook.ts';
import { serverOf } from './server-of.ts';

/** Longest script that is read for its arguments, in bytes. */
const MAX_SCRIPT_BYTES = 512 * 1024;

/** Reads the script a cell runs: from the `%%writefile` cell that made it, else from the server. */
export const readScriptOf = async (
  record: Notebook,
  cells: readonly CellSource[],
  script: ScriptCall,
): Promise<ScriptSource | null> => {
  const written = writtenScript(cells, script);
  if (written !== null) return readScript(written);
  if (script.directory === null) return null;
  const server = serverOf(record);
  const place = locateFolder(
    [script.directory ?? '', script.script].filter((part) => part !== '').join('/'),
    'source',
    record.path,
    record.serverRoot,
  );
  if (server === null || place.kind !== 'known') return null;
  const text = await readText(server, place.onServer, MAX_SCRIPT_BYTES);
  return text.ok ? readScript(text.value) : null;
};
