import * as v from 'valibot';
import { Control, type ControlKind } from '../wire.ts';
import type { Desk } from './desk.ts';
import type { Notices } from './notices.ts';
import { acknowledge, allTold } from './server.ts';

/** Does what the test wants to happen to the user, and says when it is done. */
export const obeyControls = (desk: Desk, notices: Notices): void => {
  const { connection, notebook, runner } = desk;
  const connect = async () => {
    notices.closeAll();
    await connection.connect();
    if (!connection.isConnected) throw new Error('no connection came about');
  };
  const actions: Readonly<Record<ControlKind, () => Promise<void> | void>> = {
    'idle-disconnect': () => {
      if (runner.isBusy) throw new Error('a cell is running');
      connection.release();
      notices.disconnected(() => void connection.connect());
    },
    connect,
    limit: () => {
      connection.release();
      notices.limit(() => void connection.connect());
    },
    captcha: () => notices.captcha(),
    flush: async () => {
      notebook.saveNow();
      await allTold();
    },
  };
  const events = new EventSource('/stand-in/events');
  events.addEventListener('message', (event) => {
    const { id, kind } = v.parse(Control, JSON.parse(String(event.data)));
    const done = async () => actions[kind]();
    done().then(
      () => acknowledge(id),
      (error: unknown) => acknowledge(id, String(error)),
    );
  });
};
