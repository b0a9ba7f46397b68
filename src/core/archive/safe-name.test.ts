import { array, assert, constantFrom, oneof, property, shuffledSubarray, string } from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { encodeUtf8 } from './encode-utf8.ts';
import { safeNames } from './safe-name.ts';
import { collisionKey, safeSegment } from './safe-segment.ts';

test.each([
  // What people have stays as it is.
  ['checkpoint-400/model-00001-of-00002.safetensors', null],
  ['global_step400/zero_pp_rank_0_mp_rank_00_optim_states.pt', null],
  ['检查点-4/模型.bin', null],
  ['нейросеть/é (final).pt', null],
  ['👩‍🔬 run/❤️.json', null],
  ['.hidden/.gitattributes', null],
  ['-rf', null],
  ['a..b/..c/d...e', null],
  [' lead', null],
  ['con-fig.json', null],
  ['console.log', null],
  ['COM10.txt', null],
  ['events.out.tfevents.1700000000.host.123.0', null],
  // Ways out of the folder.
  ['..', '__'],
  ['../../etc/passwd', '__/__/etc/passwd'],
  ['a/../../../b', 'a/__/__/__/b'],
  ['/etc/passwd', 'etc/passwd'],
  ['//server/share', 'server/share'],
  ['C:/Windows/x.dll', 'C_/Windows/x.dll'],
  ['C:x', 'C_x'],
  ['..\\..\\x', '.._.._x'],
  ['\\\\server\\share', '__server_share'],
  ['a/./b//c/', 'a/b/c'],
  ['.../x', '___/x'],
  ['. ./x', '___/x'],
  ['', '_'],
  ['/', '_'],
  ['.', '_'],
  // What some system refuses or reads otherwise.
  ['model.pt:stream', 'model.pt_stream'],
  ['a<b>c"d|e?f*g', 'a_b_c_d_e_f_g'],
  ['nul\u0000l', 'nul_l'],
  ['two\nlines\r\t\u0007\u007f\u0085\u2028\u2029', 'two_lines_______'],
  ['model\u202Etp.exe', 'model_tp.exe'],
  ['\u2066a\u2069\u200E\u061C', '_a___'],
  ['\ud800x\udfff', '_x_'],
  ['\uFFFE\u{1FFFF}', '__'],
  ['\u200B\uFEFF', '_'],
  ['CON', '_CON'],
  ['nul.safetensors', '_nul.safetensors'],
  ['COM1.txt/lpt9', '_COM1.txt/_lpt9'],
  ['COM¹.log', '_COM¹.log'],
  ['aux .tar.gz', '_aux .tar.gz'],
  ['CONIN$', '_CONIN$'],
  ['dots...', 'dots___'],
  ['spaces  ', 'spaces__'],
  ['CON ', 'CON_'],
  [`${'x'.repeat(300)}.safetensors`, `${'x'.repeat(243)}.safetensors`],
  [`${'é'.repeat(200)}.pt`, `${'é'.repeat(126)}.pt`],
  ['😀'.repeat(64), '😀'.repeat(63)],
  [`${'x'.repeat(254)}😀`, 'x'.repeat(254)],
  [`${'x'.repeat(200)}.${'y'.repeat(200)}`, `${'x'.repeat(200)}.${'y'.repeat(54)}`],
  [`${' '.repeat(300)}x`, '_'.repeat(255)],
  [`x${'.'.repeat(300)}y`, `x${'_'.repeat(252)}.y`],
])('%j is put into the archive as %j', (path, name) => {
  expect(safeNames('run', [path])).toEqual([`run/${name ?? path}`]);
});

test.each([
  ['checkpoint-400', 'checkpoint-400'],
  ['', '_'],
  ['..', '__'],
  ['/content/out', '_content_out'],
])('the folder %j is called %j', (folder, name) => {
  expect(safeNames(folder, ['x'])).toEqual([`${name}/x`]);
});

describe('names that some system takes for one', () => {
  it.each([
    [
      ['Model.pt', 'model.pt', 'MODEL.PT'],
      ['Model (2).pt', 'model (3).pt', 'MODEL.PT'],
    ],
    [
      ['é.json', 'e\u0301.json'],
      ['é (2).json', 'e\u0301.json'],
    ],
    [
      ['a\\b', 'a_b', 'a:b'],
      ['a_b (3)', 'a_b', 'a_b (2)'],
    ],
    [
      ['x', 'x', 'x (2)'],
      ['x', 'x (3)', 'x (2)'],
    ],
    [
      ['a/model', 'A/model', 'A/Model'],
      ['a (2)/model', 'A/model (2)', 'A/Model'],
    ],
    [
      ['x', 'x/y'],
      ['x (2)', 'x/y'],
    ],
    [
      ['ß', 'ss', 'SS'],
      ['ß (3)', 'ss (2)', 'SS'],
    ],
    [
      ['ab', 'a\u200Db'],
      ['ab', 'a\u200Db (2)'],
    ],
    [
      [`${'x'.repeat(300)}.pt`, `${'x'.repeat(301)}.pt`],
      [`${'x'.repeat(252)}.pt`, `${'x'.repeat(248)} (2).pt`],
    ],
  ])('%j → %j', (paths, names) => {
    expect(safeNames('run', paths)).toEqual(names.map((name) => `run/${name}`));
  });

  it('stay apart in the thousands', () => {
    const names = safeNames(
      'run',
      Array.from({ length: 20_000 }, (_, index) => `x${'.'.repeat(index % 2)}`),
    );
    expect(new Set(names.map(collisionKey)).size).toBe(20_000);
  });
});

it('takes no longer for a hostile name than for its letters', () => {
  const spaces = `x${' '.repeat(2_000_000)}x`;
  const deep = 'a/'.repeat(1_000_000);
  const [long = '', last = ''] = safeNames('run', [spaces, deep]);
  expect(encodeUtf8(long).length).toBeLessThan(300);
  expect(encodeUtf8(last).length).toBeLessThan(1100);
});

const hostilePieces = [
  '..', '.', '/', '\\', ' ', ':', 'CON', 'nul', 'COM1', '.txt', 'a', 'A', 'é', 'e\u0301', '\u202E', '\u200D', '\ud83d', '\ude00',
  '😀', 'ß', 'ss', 'İ', 'i\u0307', ' (2)', '_', '\u0000', 'x'.repeat(120), 'Σ', 'ς', 'K', 'k',
]; // prettier-ignore
const hostilePath = oneof(
  array(constantFrom(...hostilePieces), { maxLength: 12 }).map((pieces) => pieces.join('')),
  string({ unit: 'binary', maxLength: 30 }),
);

/** What a name must keep to on each system, said anew: the tests don't ask the code under test. */
function expectInside(name: string): void {
  expect(name.startsWith('run/')).toBe(true);
  expect(name).not.toMatch(/\p{Cs}/u);
  for (const segment of name.split('/')) {
    expect(segment).not.toBe('');
    expect(segment).not.toMatch(/[. ]$/);
    expect(segment).not.toMatch(/[\\:*?"<>|\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u);
    const [base = ''] = segment.split('.');
    expect(base.trimEnd().toUpperCase()).not.toMatch(/^(CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])$/);
    expect(Buffer.byteLength(segment)).toBeLessThanOrEqual(255);
  }
}

describe('any names', () => {
  it('never leave the folder and never collide', () => {
    assert(
      property(array(hostilePath, { maxLength: 30 }), (paths) => {
        const names = safeNames('run', paths);
        expect(names.length).toBe(paths.length);
        for (const name of names) expectInside(name);
        for (const form of ['NFC', 'NFD']) {
          const lower = names.map((name) => name.normalize(form).toLowerCase().normalize(form));
          const upper = names.map((name) => name.normalize(form).toUpperCase().normalize(form));
          expect(new Set(lower).size).toBe(names.length);
          expect(new Set(upper).size).toBe(names.length);
        }
        expectNoFileIsFolder(names);
      }),
      { numRuns: 3000 },
    );
  });

  it('are the same whatever the order they came in', () => {
    const twoOrders = array(hostilePath, { maxLength: 20 })
      .map((paths) => [...new Set(paths)])
      .chain((paths) =>
        shuffledSubarray(paths, { minLength: paths.length }).map((shuffled) => ({ paths, shuffled })),
      );
    assert(
      property(twoOrders, ({ paths, shuffled }) => {
        const names = safeNames('run', paths);
        const byPath = new Map(paths.map((path, index) => [path, names[index]]));
        expect(safeNames('run', shuffled)).toEqual(shuffled.map((path) => byPath.get(path)));
      }),
      { numRuns: 1000 },
    );
  });

  it('are left alone once they are safe', () => {
    assert(
      property(array(hostilePath, { maxLength: 20 }), (paths) => {
        const names = safeNames('run', paths).map((name) => name.slice('run/'.length));
        expect(safeNames('run', names)).toEqual(names.map((name) => `run/${name}`));
      }),
      { numRuns: 1000 },
    );
  });
});

/** A file beside a folder of its name could not be unpacked. */
function expectNoFileIsFolder(names: readonly string[]): void {
  const files = new Set(names.map(collisionKey));
  for (const name of names) {
    const parts = name.split('/');
    for (let depth = 1; depth < parts.length; depth += 1) {
      expect(files.has(collisionKey(parts.slice(0, depth).join('/')))).toBe(false);
    }
  }
}

it('keeps harmless names, whatever else is in the list', () => {
  const harmless = array(constantFrom('a', 'b', 'model.pt', 'x/y', 'x/z.json', '_', '__', 'a_b', '_CON'), {
    maxLength: 9,
  }).map((paths) => [...new Set(paths)]);
  const harmful = array(constantFrom('..', '.', 'a\\b', 'CON', 'a:b', '\u202E', 'x\u0000/y', 'b.', ''), {
    maxLength: 9,
  });
  assert(
    property(harmless, harmful, (good, bad) => {
      expect(safeNames('run', [...bad, ...good]).slice(bad.length)).toEqual(
        good.map((path) => `run/${path}`),
      );
    }),
  );
});

it('makes one segment safe for good', () => {
  assert(
    property(hostilePath, (segment) => {
      expect(safeSegment(safeSegment(segment))).toBe(safeSegment(segment));
    }),
    { numRuns: 3000 },
  );
});
