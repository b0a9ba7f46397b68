import { isColab } from './colab-site.ts';
import { serverAddress, type ServerAddress } from '../runtime/server-address.ts';

/** The Jupyter server behind a page; `null` where its files are not reached in this way (Colab). */
export const serverOf = ({
  origin,
  baseUrl,
}: {
  readonly origin: string;
  readonly baseUrl: string;
}): ServerAddress | null => {
  if (isColab(origin)) return null;
  const address = serverAddress(origin, baseUrl);
  return address.ok ? address.value : null;
};
