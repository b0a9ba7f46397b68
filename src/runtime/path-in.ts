/** The path of an entry of a folder, both relative to the server's root; the root itself is empty. */
export const pathIn = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);
