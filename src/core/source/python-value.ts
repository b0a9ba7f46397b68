import { posixPath } from './posix-path.ts';
import { floatText } from './python-text.ts';

/** A Python value as far as it is followed. A `path` is a `pathlib` path, already normalised. */
export type PythonValue =
  | { readonly type: 'str'; readonly value: string }
  | { readonly type: 'int'; readonly value: number }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'none' }
  | { readonly type: 'path'; readonly value: string }
  | { readonly type: 'list'; readonly items: readonly PythonValue[] };

/** Longer texts are not followed. */
export const maxTextLength = 4096;

export const textValue = (value: string): PythonValue | null =>
  value.length <= maxTextLength ? { type: 'str', value } : null;

export const pathValue = (parts: readonly string[]): PythonValue | null => {
  const value = posixPath(parts);
  return value.length <= maxTextLength ? { type: 'path', value } : null;
};

const numberValue = (value: number, float: boolean): PythonValue | null => {
  if (float) return Number.isFinite(value) ? { type: 'float', value } : null;
  return Number.isSafeInteger(value) ? { type: 'int', value } : null;
};

/** What `str(value)` gives in Python; `null` for lists. */
export function asText(value: PythonValue): string | null {
  switch (value.type) {
    case 'str':
    case 'path':
      return value.value;
    case 'int':
      return String(value.value);
    case 'float':
      return floatText(value.value);
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'none':
      return 'None';
    case 'list':
      return null;
    default:
      return value satisfies never;
  }
}

export function sameValue(one: PythonValue, other: PythonValue): boolean {
  if (one === other) return true;
  if (one.type === 'list' || other.type === 'list') return false;
  return one.type === other.type && asText(one) === asText(other);
}

/** `1_000`, `0x10`, `1e-4`; `null` for complex numbers. */
export function parseNumber(text: string): PythonValue | null {
  const plain = text.replaceAll('_', '');
  if (/^(?:0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|[0-9]+)$/.test(plain))
    return numberValue(Number(plain), false);
  return /^[0-9.]+(?:[eE][+-]?[0-9]+)?$/.test(plain) ? numberValue(Number(plain), true) : null;
}

/** Unary minus and plus of a number. */
export function negate(operator: string, value: PythonValue): PythonValue | null {
  if (value.type !== 'int' && value.type !== 'float') return null;
  if (operator === '+') return value;
  return operator === '-' ? { type: value.type, value: -value.value } : null;
}

/** A binary operator as Python applies it to texts, paths and numbers; `null` where it is not followed. */
export function operate(left: PythonValue, operator: string, right: PythonValue): PythonValue | null {
  if (operator === '+' && left.type === 'str' && right.type === 'str')
    return textValue(left.value + right.value);
  if (operator === '/' && left.type === 'path' && isPathLike(right))
    return pathValue([left.value, right.value]);
  if (operator === '/' && right.type === 'path' && isPathLike(left))
    return pathValue([left.value, right.value]);
  if (left.type !== 'int' && left.type !== 'float') return null;
  if (right.type !== 'int' && right.type !== 'float') return null;
  const float = left.type === 'float' || right.type === 'float';
  return arithmetic(left.value, operator, right.value, float);
}

const isPathLike = (value: PythonValue): value is PythonValue & { type: 'str' | 'path' } =>
  value.type === 'str' || value.type === 'path';

function arithmetic(left: number, operator: string, right: number, float: boolean): PythonValue | null {
  switch (operator) {
    case '+':
      return numberValue(left + right, float);
    case '-':
      return numberValue(left - right, float);
    case '*':
      return numberValue(left * right, float);
    case '/':
      return numberValue(left / right, true);
    case '//':
      return right === 0 ? null : numberValue(Math.floor(left / right), float);
    case '%':
      return right === 0 ? null : numberValue(left - right * Math.floor(left / right), float);
    case '**':
      return numberValue(left ** right, float || right < 0);
    default:
      return null;
  }
}
