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
  readonly choose: (folder: ZipFolder, path: string) => void;
}

/** Which folder of the zip, and where it goes. */
export const FolderChoice = ({ t, folders, into, choose }: FolderChoiceProps): JSX.Element => {
  const [prefix, setPrefix] = useState(folders[0]?.prefix ?? '');
  const chosen = folders.find((each) => each.prefix === prefix) ?? folders[0];
  const proposed = chosen === undefined ? '' : [into, chosen.name].filter((part) => part !== '').join('/');
  const [written, setWritten] = useState<string | null>(null);
  const path = written ?? proposed;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen !== undefined && path.trim() !== '') choose(chosen, path.trim());
      }}
    >
      <fieldset>
        <legend>{t('restore_which')}</legend>
        {folders.map((folder) => (
          <label key={folder.prefix} class="choice">
            <input
              type="radio"
              name="folder"
              checked={folder.prefix === prefix}
              onChange={() => {
                setPrefix(folder.prefix);
                setWritten(null);
              }}
            />
            <span>{longName(folder.name)}</span>
            <span class="size">{sizeWords(t, folder)}</span>
          </label>
        ))}
      </fieldset>
      <label class="path">
        {t('restore_where')}
        <input type="text" value={path} onInput={(event) => setWritten(event.currentTarget.value)} required />
        <small>{t('restore_where_hint')}</small>
      </label>
      <button type="submit">{t('restore_button')}</button>
    </form>
  );
};
