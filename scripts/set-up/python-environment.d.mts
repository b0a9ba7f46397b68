/** The Python that has Jupyter, Transformers and PEFT. It may not exist yet. */
export declare const venvPython: () => string;
export declare const pythonEnvironment: () => Promise<void>;
