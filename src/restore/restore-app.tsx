import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ZipFolder } from '../core/archive/folders-in-zip.ts';
import { longName } from '../core/plain-text.ts';
import type { RestorePlace } from '../protocol/background-message.ts';
import type { Translate } from '../popup/translate.ts';
import { FolderChoice } from './folder-choice.tsx';
import { readZip } from './read-zip.ts';
import type { RestoreDoor, RestoreState, RestoreTrouble } from './restore-door.ts';

const TROUBLE = {
  'not-a-zip': 'restore_not_a_zip',
  'cut-short': 'restore_cut_short',
  damaged: 'restore_damaged',
  empty: 'restore_empty',
  'no-room': 'restore_no_room',
  'not-taken': 'restore_not_taken',
} as const satisfies Record<RestoreTrouble, string>;

interface RestoreAppProps {
  readonly door: RestoreDoor;
  readonly t: Translate;
}

/** Puts a checkpoint of a zip back on the server of a notebook, in three steps: the zip, the folder, the place. */
export const RestoreApp = ({ door, t }: RestoreAppProps): JSX.Element => {
  const [place, setPlace] = useState<RestorePlace | null | 'asking'>('asking');
  const [state, setState] = useState<RestoreState>({ kind: 'choosing', trouble: null });
  useEffect(() => {
    door.place().then(setPlace, () => setPlace(null));
  }, [door]);

  const refuse = (trouble: RestoreTrouble): void => setState({ kind: 'choosing', trouble });
  const take = async (file: File): Promise<void> => {
    const folders = await readZip(file).catch(() => 'damaged' as const);
    if (typeof folders === 'string') refuse(folders);
    else setState({ kind: 'read', file, folders });
  };
  const putBack = async (
    file: File,
    { name, prefix, sizeBytes }: ZipFolder,
    folder: string,
  ): Promise<void> => {
    if (place === null || place === 'asking') return;
    const { notebook, origin, basePath } = place;
    setState({ kind: 'unpacking', doneBytes: 0, totalBytes: sizeBytes });
    const task = { file, prefix, name, notebook, from: { origin, basePath, folder } };
    const end = await door.unpack(task, (doneBytes) =>
      setState({ kind: 'unpacking', doneBytes, totalBytes: sizeBytes }),
    );
    if (end.kind !== 'copied')
      return refuse(end.kind === 'failed' && end.why.kind === 'no-room' ? 'no-room' : 'damaged');
    const taken = await door.putBack(notebook.id, end.copyId).catch(() => false);
    if (taken) setState({ kind: 'handed-over', name, folder });
    else refuse('not-taken');
  };

  if (place === 'asking') return <main aria-busy="true" />;
  return (
    <main>
      <h1>{t('restore_heading')}</h1>
      <p>{place === null ? t('restore_no_notebook') : t('restore_text', [longName(place.notebook.name)])}</p>
      {place === null ? null : (
        <Steps t={t} state={state} into={place.folder ?? ''} take={take} putBack={putBack} />
      )}
    </main>
  );
};

interface StepsProps {
  readonly t: Translate;
  readonly state: RestoreState;
  readonly into: string;
  readonly take: (file: File) => Promise<void>;
  readonly putBack: (file: File, folder: ZipFolder, path: string) => Promise<void>;
}

const Steps = ({ t, state, into, take, putBack }: StepsProps): JSX.Element => {
  switch (state.kind) {
    case 'choosing':
      return (
        <>
          <label class="file">
            {t('restore_file')}
            <input
              type="file"
              accept=".zip,application/zip"
              onChange={(event) => {
                const file = event.currentTarget.files?.[0];
                if (file !== undefined) void take(file);
              }}
            />
          </label>
          <p role="alert">{state.trouble === null ? '' : t(TROUBLE[state.trouble])}</p>
        </>
      );
    case 'read':
      return (
        <FolderChoice
          t={t}
          folders={state.folders}
          into={into}
          choose={(folder, path) => void putBack(state.file, folder, path)}
        />
      );
    case 'unpacking':
      return (
        <label class="file">
          {t('restore_unpacking')}
          <progress value={state.doneBytes} max={Math.max(1, state.totalBytes)} />
        </label>
      );
    case 'handed-over':
      return <p role="status">{t('restore_handed_over', [longName(state.name), longName(state.folder)])}</p>;
    default:
      return state satisfies never;
  }
};
