import type { JSX } from 'preact';
import type { StorageLine } from '../view-model/storage-lines.ts';

/** What is taken and free, on the machine and in this browser. */
export const StorageLines = ({ lines }: { readonly lines: readonly StorageLine[] }): JSX.Element | null =>
  lines.length === 0 ? null : (
    <ul class="storage">
      {lines.map(({ text, trouble }) => (
        <li key={text}>
          {text}
          {trouble === null ? null : <strong class="storage-trouble"> {trouble}</strong>}
        </li>
      ))}
    </ul>
  );
