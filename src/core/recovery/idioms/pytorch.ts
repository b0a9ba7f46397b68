import { fail, ok } from '../../result.ts';
import type { PythonTree } from '../../source/python-tree.ts';
import type { LoopSite } from '../../source/framework-training.ts';
import type { SavedEntry, SavedState } from '../../source/saved-state.ts';
import { pythonLiteral } from '../python-literal.ts';
import type { ResumePoint } from '../resume-point.ts';
import { beginAt, isNext, nextFromName, saveOf } from './epoch-start.ts';
import { note, type LoopIdiom, type Note } from './idiom.ts';
import { isName, linesBefore, parseCell } from './python-edits.ts';
import { mayAssign, torchAt } from './scope.ts';

/** Lines that load a state, the name or number the loop begins at, and what has to be said. */
interface Loading {
  readonly lines: readonly string[];
  readonly start: string | null;
  readonly notes: readonly Note[];
}

/**
 * A loop that its user wrote: what `torch.save` was given is loaded into the same names, just before the loop, and the loop
 * begins where the saved epoch says, if the code shows without doubt what that number counts.
 */
export const pytorchIdiom: LoopIdiom = ({ source, site, point }) => {
  const save = saveOf(site.saves, point);
  if (save === null) return fail({ kind: 'no-save-call' });
  const tree = parseCell(source);
  const place: Place = { tree, source, site, save, torch: torchAt(tree, site.before) };
  const loading = loadingOf(place, point);
  if (loading === null) return fail({ kind: 'no-save-call' });
  const edit = loading.start === null ? null : beginAt(site.loop, loading.start);
  const before = linesBefore(source, tree, site.before, loading.lines);
  if (before === null) return fail({ kind: 'unreadable-arguments' });
  return ok({
    edits: edit === null ? [before] : [before, edit],
    notes: [...loading.notes, ...startNotes(site, save, loading.start, edit !== null)],
  });
};

function startNotes(
  { loop }: LoopSite,
  save: SavedState,
  start: string | null,
  begins: boolean,
): readonly Note[] {
  const again = save.when === 'within-epoch' ? [note('epoch-again')] : [];
  if (begins) return again;
  if (start === null) return [note('set-epoch', loop?.variable ?? 'epoch'), ...again];
  return [
    note(loop === null ? 'loop-elsewhere' : 'set-epoch', loop === null ? start : (loop.variable ?? start)),
    ...again,
  ];
}

/** Where the lines are put, and what was saved. */
interface Place {
  readonly tree: PythonTree;
  readonly source: string;
  readonly site: LoopSite;
  readonly save: SavedState;
  readonly torch: { readonly line: string; readonly name: string };
}

function loadingOf(place: Place, point: ResumePoint): Loading | null {
  const { site, save, torch } = place;
  const path = pythonLiteral(point.path);
  const next = nextFromName(save, site.loop, point);
  const start = next === null ? null : String(next);
  const { holds } = save;
  switch (holds.kind) {
    case 'dictionary':
      return fromDictionary(place, holds.entries, path, start);
    case 'state-dict': {
      const load = `${torch.name}.load(${path}, map_location="cpu", weights_only=True)`;
      const lines = [torch.line, `${holds.of}.load_state_dict(${load})`];
      return oneLine(holds.of) ? { lines, start, notes: [note('weights-only')] } : null;
    }
    case 'object': {
      if (!isName(holds.name)) return null;
      const load = `${torch.name}.load(${path}, map_location="cpu", weights_only=False)`;
      const lines = [torch.line, `${holds.name}.load_state_dict(${load}.state_dict())`];
      return { lines, start, notes: [note('weights-only')] };
    }
    case 'everything':
      return null;
    default:
      return holds satisfies never;
  }
}

const oneLine = (text: string): boolean => text !== '' && !/[\n\r]/.test(text);

function fromDictionary(
  { tree, source, site, save, torch }: Place,
  entries: readonly SavedEntry[],
  path: string,
  fromName: string | null,
): Loading | null {
  const states = entries.filter(({ stateOf }) => stateOf !== null && oneLine(stateOf));
  if (states.length === 0) return null;
  const name =
    /\bcheckpoint\b/.test(source.replace(/torch\.load\([^\n]*\n/g, '')) && !loadedHere(source)
      ? 'saved_checkpoint'
      : 'checkpoint';
  const epoch = epochOf(site, save, entries, name);
  const plain = entries.every((entry) => entry.stateOf !== null || isPlain(entry, site));
  const start = epoch === null ? fromName : 'start_epoch';
  const lines = [
    torch.line,
    `${name} = ${torch.name}.load(${path}, map_location="cpu", weights_only=${plain ? 'True' : 'False'})`,
    ...states.map(({ key, stateOf }) => `${stateOf}.load_state_dict(${name}[${pythonLiteral(key)}])`),
    ...entries.flatMap(({ key, value }) =>
      isKept(value, site) && mayAssign(tree, site.before, value)
        ? [`${value} = ${name}[${pythonLiteral(key)}]`]
        : [],
    ),
    ...(epoch === null ? [] : [`start_epoch = ${epoch}`]),
  ];
  const optimizer = states.length > 1 || states.some(({ key }) => /opt/i.test(key));
  return { lines, start, notes: optimizer ? [] : [note('weights-only')] };
}

/** A resume cell that is resumed again has that name already. */
const loadedHere = (source: string): boolean => /\bcheckpoint = torch\.load\(/.test(source);

/** What the loop begins at, from the saved number; `null` where it is not the loop's own. */
function epochOf(
  { loop }: LoopSite,
  save: SavedState,
  entries: readonly SavedEntry[],
  name: string,
): string | null {
  const variable = loop?.variable ?? null;
  for (const { key, value } of entries) {
    const saved = `${name}[${pythonLiteral(key)}]`;
    // Without the loop at hand only a key called `epoch` says what its number is, not whether it is done.
    if (variable === null || save.when === 'outside-loop') continue;
    const done = save.when === 'after-epoch';
    if (value === variable) return done ? `${saved} + 1` : saved;
    if (isNext(value, variable)) return done ? saved : `${saved} - 1`;
  }
  return null;
}

/** Of a kind that `torch.load` takes without running code from the file: a number, or the loop's own count. */
const isPlain = ({ value }: SavedEntry, { loop }: LoopSite): boolean =>
  /^(?:[\d._]+|True|False|None|'[^'\n]*'|"[^"\n]*")$/.test(value) ||
  (loop?.variable !== undefined &&
    loop.variable !== null &&
    (value === loop.variable || isNext(value, loop.variable)));

/** Names that count on from where they stood: without them the best model would be forgotten. */
const isKept = (value: string, { loop }: LoopSite): boolean =>
  value !== loop?.variable && /^(?:best_\w+|global_step|step|iteration|iters?|n_iter)$/.test(value);
