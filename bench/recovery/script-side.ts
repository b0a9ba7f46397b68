import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { JupyterServer } from '../../e2e/jupyter/server.ts';
import { trainingCell } from '../../e2e/notebooks/lora-story.ts';
import { PIECE_BYTES } from '../../src/runtime/upload.ts';
import { openKernel } from './kernel-line.ts';
import { SCRIPT_FOLDER, type Machine } from './machine.ts';
import { recovered, type Recovered } from './step-times.ts';
import { CHECKPOINT, OUTPUT_DIR } from './story.ts';

/**
 * The least that somebody with a script has to do: the same files in the same pieces over the same route, then the same cells in
 * a kernel that is there already. Nothing is looked at before, and nothing is compared afterwards.
 */
export const recoverByScript = async ({ server, notebook, keptFolder }: Machine): Promise<Recovered> => {
  await using kernel = await openKernel(server, `${SCRIPT_FOLDER}/${SCRIPT_FOLDER}.ipynb`);
  const askedAt = Date.now() / 1000;
  await uploadFolder(server, keptFolder, `${SCRIPT_FOLDER}/${OUTPUT_DIR}`);
  for (const cell of notebook.cells)
    if (cell.cell_type === 'code' && cell.id !== trainingCell) await kernel.execute(cell.source);
  kernel.send(`trainer.train(resume_from_checkpoint="${OUTPUT_DIR}/${CHECKPOINT}")`);
  // Awaited here: the kernel is shut down at the end of this function.
  return await recovered(askedAt, join(server.rootDir, SCRIPT_FOLDER));
};

const uploadFolder = async (server: JupyterServer, from: string, parent: string): Promise<void> => {
  const folder = `${parent}/${CHECKPOINT}`;
  for (const path of [parent, folder]) await put(server, path, { type: 'directory' });
  for (const name of await readdir(from)) await uploadFile(server, join(from, name), `${folder}/${name}`);
};

const uploadFile = async (server: JupyterServer, from: string, path: string): Promise<void> => {
  await using file = await open(from);
  const { size } = await file.stat();
  const piece = Buffer.alloc(Math.min(PIECE_BYTES, size));
  for (let at = 0; at < size; at += PIECE_BYTES) {
    const { bytesRead } = await file.read(piece, 0, piece.length, at);
    const content = piece.toString('base64', 0, bytesRead);
    const number = at + bytesRead === size ? -1 : at / PIECE_BYTES + 1;
    const chunk = size > PIECE_BYTES ? { chunk: number } : {};
    await put(server, path, { type: 'file', format: 'base64', content, ...chunk });
  }
};

const put = async ({ url, token }: JupyterServer, path: string, model: unknown): Promise<void> => {
  const reply = await fetch(`${url}api/contents/${path}`, {
    method: 'PUT',
    headers: { authorization: `token ${token}` },
    body: JSON.stringify(model),
  });
  if (!reply.ok) throw new Error(`PUT ${path} answered ${reply.status}`);
  await reply.arrayBuffer();
};
