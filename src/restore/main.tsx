import * as v from 'valibot';
import { render } from 'preact';
import { askRestorePlace, askToPutBack } from '../browser/popup-transport.ts';
import { startTransferWorker } from '../browser/transfer-worker.ts';
import { translate } from '../browser/translate.ts';
import { workerReportSchema, type WorkerOrder } from '../protocol/transfer-message.ts';
import { RestoreApp } from './restore-app.tsx';
import type { RestoreDoor } from './restore-door.ts';

const notebookId = new URL(location.href).searchParams.get('notebook') ?? '';

/** A zip is unpacked by a worker of this page's own: only here is the file at hand. */
const unpack: RestoreDoor['unpack'] = (task, onDone) =>
  new Promise((resolve) => {
    const taskId = crypto.randomUUID();
    const worker = startTransferWorker<WorkerOrder>((message) => {
      const report = v.safeParse(workerReportSchema, message);
      if (!report.success) return;
      if (report.output.kind === 'progress') onDone(report.output.doneBytes);
      if (report.output.kind !== 'ended') return;
      worker.end();
      resolve(report.output.end);
    });
    worker.take({ ...task, kind: 'unpack', taskId });
  });

const door: RestoreDoor = {
  place: () => askRestorePlace(notebookId),
  unpack,
  putBack: async (id, copyId) => (await askToPutBack(id, copyId)).kind === 'done',
};

const place = document.querySelector('#app');
if (place === null) throw new Error('index.html has no #app');
document.title = translate('restore_heading');
document.documentElement.lang = translate('ui_locale');
render(<RestoreApp door={door} t={translate} />, place);
