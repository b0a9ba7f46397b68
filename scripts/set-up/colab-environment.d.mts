/** The Python that has the kernel and server of a Colab machine. It may not exist yet. */
export declare const colabPython: () => string;
/** The same with the server of a past runtime. */
export declare const pastColabPython: () => string;
export declare const colabEnvironment: () => Promise<void>;
export declare const pastColabEnvironment: () => Promise<void>;
