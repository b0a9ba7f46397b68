import * as v from 'valibot';
import { Lending, MachineState, TokenReply, type DriveFile } from '../wire.ts';
import type { ClickTarget } from '../record.ts';

const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const response = await fetch(`/stand-in/${path}`, init);
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
};

export const requestMachine = async (): Promise<Lending> =>
  v.parse(Lending, await ask('POST', 'connect', {}));

export const askMachineState = async (): Promise<MachineState['state']> =>
  v.parse(MachineState, await ask('GET', 'machine')).state;

export const freshToken = async (): Promise<string> =>
  v.parse(TokenReply, await ask('POST', 'token', {})).token;

export const acknowledge = async (id: number, error?: string): Promise<void> => {
  await ask('POST', 'ack', error === undefined ? { id } : { id, error });
};

const underway = new Set<Promise<unknown>>();

/** Tells the stand-in of a click; again and again while there is no network. */
export const reportClick = (target: ClickTarget, event: Event): void => {
  keepTrying('POST', 'click', { target, trusted: event.isTrusted });
};

export const storeNotebook = (file: DriveFile): void => keepTrying('PUT', 'drive', file);

/** Waits until all that was told has arrived. */
export const allTold = async (): Promise<void> => {
  await Promise.all(underway);
};

const keepTrying = (method: string, path: string, body: unknown): void => {
  const sent: Promise<unknown> = ask(method, path, body).catch(async () => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    keepTrying(method, path, body);
  });
  underway.add(sent);
  void sent.finally(() => underway.delete(sent));
};
