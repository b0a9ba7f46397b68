/** A folder with jupyter-archive, to be put beside the packages of `.venv`. It may not exist yet. */
export declare const jupyterArchiveFolder: () => string;
export declare const jupyterArchive: () => Promise<void>;
