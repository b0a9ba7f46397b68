/** The Python that has the kernel and server of a Colab machine. It may not exist yet. */
export declare const colabPython: () => string;
export declare const colabEnvironment: () => Promise<void>;
