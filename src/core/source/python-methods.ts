import { baseName, directoryName, joinPath } from './posix-path.ts';
import { asText, parseNumber, pathValue, textValue, type PythonValue } from './python-value.ts';

type Values = readonly PythonValue[];

/** A function of the standard library on known values, by its full path; `null` where it is not followed. */
export function callFunction(path: string, values: Values): PythonValue | null {
  const [first] = values;
  switch (path.replace(/^(?:posixpath|builtins)\./, '')) {
    case 'os.path.join':
      return texts(values, (parts) => textValue(joinPath(parts)));
    case 'Path':
    case 'pathlib.Path':
    case 'pathlib.PurePath':
    case 'pathlib.PosixPath':
    case 'pathlib.PurePosixPath':
      return texts(values, pathValue);
    case 'str':
    case 'os.fspath': {
      const text = first === undefined ? null : asText(first);
      return text === null ? null : textValue(text);
    }
    case 'os.path.basename':
      return texts(values, ([path]) => textValue(baseName(path ?? '')));
    case 'os.path.dirname':
      return texts(values, ([path]) => textValue(directoryName(path ?? '')));
    case 'int':
      return toInteger(first);
    case 'float':
      return first?.type === 'int'
        ? { type: 'float', value: first.value }
        : first?.type === 'float'
          ? first
          : null;
    case 'min':
    case 'max':
      return extreme(path.endsWith('min'), values);
    default:
      return null;
  }
}

function texts(values: Values, make: (parts: readonly string[]) => PythonValue | null): PythonValue | null {
  const parts = values.flatMap((value) =>
    value.type === 'str' || value.type === 'path' ? [value.value] : [],
  );
  return parts.length === values.length ? make(parts) : null;
}

function toInteger(value: PythonValue | undefined): PythonValue | null {
  if (value?.type === 'int') return value;
  if (value?.type === 'float') return { type: 'int', value: Math.trunc(value.value) };
  if (value?.type !== 'str' || !/^\s*[+-]?\d+\s*$/.test(value.value)) return null;
  const parsed = parseNumber(value.value.trim().replace(/^[+-]0*(?=\d)/, ''));
  return parsed?.type === 'int' && value.value.includes('-') ? { type: 'int', value: -parsed.value } : parsed;
}

function extreme(least: boolean, values: Values): PythonValue | null {
  const numbers = values.filter((value) => value.type === 'int' || value.type === 'float');
  if (numbers.length < 2 || numbers.length !== values.length) return null;
  return numbers.reduce((best, value) => (value.value < best.value === least ? value : best));
}

/** A method of a text or a path on known values; `null` where it is not followed. */
export function callMethod(object: PythonValue, method: string, values: Values): PythonValue | null {
  if (object.type === 'path') {
    if (method === 'joinpath') return texts(values, (parts) => pathValue([object.value, ...parts]));
    return method === 'as_posix' && values.length === 0 ? textValue(object.value) : null;
  }
  if (object.type !== 'str') return null;
  if (method === 'join') return joinList(object.value, values);
  if (method === 'format') return formatted(object.value, values);
  return texts(values, (parts) => textMethod(object.value, method, parts));
}

function joinList(separator: string, values: Values): PythonValue | null {
  const [list] = values;
  if (list?.type !== 'list') return null;
  return texts(list.items, (parts) => textValue(parts.join(separator)));
}

/** Only plain `{}`: anything else is not followed. */
function formatted(template: string, values: Values): PythonValue | null {
  const parts = template.split('{}');
  if (parts.length !== values.length + 1 || parts.some((part) => /[{}]/.test(part))) return null;
  const given = values.map(asText);
  if (given.includes(null)) return null;
  return textValue(parts.map((part, index) => part + (given[index] ?? '')).join(''));
}

function textMethod(text: string, method: string, parts: readonly string[]): PythonValue | null {
  const [first, second] = parts;
  switch (method) {
    case 'lower':
      return textValue(text.toLowerCase());
    case 'upper':
      return textValue(text.toUpperCase());
    case 'strip':
      return textValue(stripped(text, first, true, true));
    case 'lstrip':
      return textValue(stripped(text, first, true, false));
    case 'rstrip':
      return textValue(stripped(text, first, false, true));
    case 'replace':
      return first === undefined || second === undefined
        ? null
        : textValue(text.replaceAll(first, () => second));
    case 'split':
      return first === undefined || first === '' || parts.length > 1 ? null : listOf(text.split(first));
    case 'removesuffix':
      return first === undefined
        ? null
        : textValue(first !== '' && text.endsWith(first) ? text.slice(0, -first.length) : text);
    case 'removeprefix':
      return first === undefined ? null : textValue(text.startsWith(first) ? text.slice(first.length) : text);
    default:
      return null;
  }
}

const listOf = (items: readonly string[]): PythonValue => ({
  type: 'list',
  items: items.map((value) => ({ type: 'str', value })),
});

function stripped(text: string, characters: string | undefined, left: boolean, right: boolean): string {
  const isKept = (char: string): boolean =>
    characters === undefined ? /\S/.test(char) : !characters.includes(char);
  const units = text.split('');
  const from = left ? units.findIndex(isKept) : 0;
  const to = right ? units.findLastIndex(isKept) + 1 : text.length;
  return from === -1 ? '' : text.slice(from, to);
}

/** An attribute of a path: `.name`, `.stem`, `.parent`. */
export function pathAttribute(object: PythonValue, attribute: string): PythonValue | null {
  if (object.type !== 'path') return null;
  const name = /^\/*$|^\.$/.test(object.value) ? '' : baseName(object.value);
  if (attribute === 'name') return textValue(name);
  if (attribute === 'stem') return textValue(name.replace(/(?<=.)\.[^.]+$/, ''));
  return attribute === 'parent' ? pathValue([directoryName(object.value) || '.']) : null;
}

/** `list[i]` with a known index, negative ones from the end. */
export function itemAt(object: PythonValue, index: PythonValue): PythonValue | null {
  if (object.type !== 'list' || index.type !== 'int') return null;
  return object.items.at(index.value) ?? null;
}
