import { asText, type PythonValue } from './python-value.ts';

/** A followed value as people read it: texts without quotes, but within a list with them. */
export function printedValue(value: PythonValue): string {
  if (value.type === 'list') return `[${value.items.map(quoted).join(', ')}]`;
  return asText(value) ?? '';
}

const quoted = (value: PythonValue): string =>
  value.type === 'str' || value.type === 'path' ? `'${value.value}'` : printedValue(value);
