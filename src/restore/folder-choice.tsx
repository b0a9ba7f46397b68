import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ZipFolder } from '../core/archive/folders-in-zip.ts';
import { longName } from '../core/plain-text.ts';
import type { Translate } from '../popup/translate.ts';
import { sizeWords } from './size-words.ts';

interface FolderChoiceProps {
  readonly t: Translate;
  readonly folders: readonly ZipFolder[];
  /** The folder on the server the chosen one is put into. */
  readonly into: string;
  /** @param path Its own, with its name at the end. */
  readonly choose: (folder: ZipFolder, path: string) => void;
}

const joined = (folder: string, name: string): string =>
  [folder.replace(/\/+$/, ''), name].filter((part) => part !== '').join('/');

/** Which checkpoint of the zip, and where it goes: a folder under any name, files under their own. */
export const FolderChoice = ({ t, folders, into, choose }: FolderChoiceProps): JSX.Element => {
  const [place, setPlace] = useState(0);
  const chosen = folders[place] ?? folders[0];
  const isFolder = chosen?.form === 'folder';
  const proposed = chosen === undefined ? '' : isFolder ? joined(into, chosen.name) : into;
  const [written, setWritten] = useState<string | null>(null);
  const path = written ?? proposed;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const where = path.trim();
        if (chosen === undefined || (isFolder && where === '')) return;
        choose(chosen, isFolder ? where : joined(where, chosen.name));
      }}
    >
      <fieldset>
        <legend>{t('restore_which')}</legend>
        {folders.map((folder, index) => (
          <label key={`${folder.prefix} ${folder.name}`} class="choice">
            <input
              type="radio"
              name="folder"
              checked={folder === chosen}
              onChange={() => {
                setPlace(index);
                setWritten(null);
              }}
            />
            <span>{longName(folder.name)}</span>
            <span class="size">{sizeWords(t, folder)}</span>
          </label>
        ))}
      </fieldset>
      <label class="path">
        {t(isFolder ? 'restore_where' : 'restore_where_files')}
        <input
          type="text"
          value={path}
          onInput={(event) => setWritten(event.currentTarget.value)}
          required={isFolder}
        />
        <small>{t(isFolder ? 'restore_where_hint' : 'restore_where_files_hint')}</small>
      </label>
      <button type="submit">{t('restore_button')}</button>
    </form>
  );
};
