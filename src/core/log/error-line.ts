/** What a traceback's last line says. */
export interface NamedError {
  readonly name: string;
  readonly message: string;
}

/** Reads `RuntimeError: CUDA out of memory.`, the last line of a Python traceback; any other line is a message. */
export const readErrorLine = (line: string): NamedError => {
  const [, name, message = ''] = /^([A-Za-z_][\w.]{0,199})(?::\s*(.*))?$/s.exec(line) ?? [];
  return name === undefined ? { name: 'Error', message: line } : { name, message };
};
