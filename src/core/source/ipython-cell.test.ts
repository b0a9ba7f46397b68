import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readIpythonCell } from './ipython-cell.ts';
import { parsePython } from './python-tree.ts';

describe('readIpythonCell', () => {
  it.each([
    ['%matplotlib inline\nx = 1', '_                 \nx = 1'],
    ['!pip install a \\\n  b\nx = 1', '_               \n   \nx = 1'],
    ['files = !ls *.py\ny', 'files = _       \ny'],
    ['d["a"] = %pwd', 'd["a"] = _   '],
    ['if a:\n    !ls', 'if a:\n    _  '],
    ['trainer.train?\nx', '_             \nx'],
    ['?trainer\nx', '_       \nx'],
    ['x = (1\n  % 3)', 'x = (1\n  % 3)'],
    ['s = """\n!ls\n%time\n"""', 's = """\n!ls\n%time\n"""'],
    ['x = 1  # why?', 'x = 1  # why?'],
    ['x = "a" \\\n  "%s"', 'x = "a" \\\n  "%s"'],
    ['x %= 3', 'x %= 3'],
    ['x = a != b', 'x = a != b'],
    ['%time trainer.train()', 'if 1: trainer.train()'],
    ['%timeit -n 1 -r1 f()', 'if 1:            f()'],
    ['%%time\ntrainer.train()', '      \ntrainer.train()'],
    ['\n%%capture out\n%%time\nx', '\n             \n      \nx'],
    ['#@title Train\n%%time\nx', '             \n      \nx'],
    ['s = f"{a[\'x\']}"\n!ls', 's = f"{a[\'x\']}"\n_  '],
  ])('%j', (source, python) => {
    expect(readIpythonCell(source)).toMatchObject({ kind: 'python', python });
  });

  it.each([
    ['%%bash\npython x.py', 'shell'],
    ['%%script bash\nls', 'shell'],
    ['%%shell\nls', 'shell'],
    ['%%html\n<b>trainer.train()</b>', 'other'],
    ['%%javascript\nx.train()', 'other'],
    ['%%writefile a.py\ntrainer.train()', 'file'],
  ])('%j is %s and holds no Python of the notebook', (source, kind) => {
    const cell = readIpythonCell(source);
    expect(cell.kind).toBe(kind);
    expect(cell.python.trim()).toBe('');
  });

  it.each([
    ['%%writefile train.py\nimport a\n', { path: 'train.py', source: 'import a\n' }],
    ['%%file "my train.py"\nx', { path: 'my train.py', source: 'x' }],
    ['%%writefile -a train.py\nx', null],
    ['%%writefile\nx', null],
  ])('the file %j writes', (source, file) => {
    expect(readIpythonCell(source).writtenFile).toEqual(file);
  });

  it('keeps every offset and never throws, whatever the text', { timeout: 60_000 }, () => {
    const piece = constantFrom(
      '!',
      '%',
      '%%',
      '?',
      '\n',
      '"',
      "'",
      '"""',
      '\\',
      '(',
      ')',
      '{',
      ' ',
      'x',
      '=',
      'time',
      '#',
      '😀',
    );
    assert(
      property(
        oneof(
          string({ unit: 'binary' }),
          array(piece, { maxLength: 60 }).map((all) => all.join('')),
        ),
        (source) => {
          const { python } = readIpythonCell(source);
          expect(python).toHaveLength(source.length);
          expect(python.replace(/[^\n]/g, '')).toBe(source.replace(/[^\n]/g, ''));
          parsePython(python);
        },
      ),
      { numRuns: 300 },
    );
  });
});
