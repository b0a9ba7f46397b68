/** The Python that has Jupyter and the training frameworks. It may not exist yet. */
export declare const venvPython: () => string;
export declare const pythonEnvironment: () => Promise<void>;
