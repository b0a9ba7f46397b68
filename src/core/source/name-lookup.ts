import type { Binding, Place, PythonNames } from './python-names.ts';

/** What a name can stand for at a place. */
export interface Lookup {
  /** Latest first. More than one when the latest stand in a branch that may not have run. */
  readonly candidates: readonly Binding[];
  /** Whether one of the candidates is sure to have run. */
  readonly definite: boolean;
}

/**
 * The bindings of a dotted name that can be in force at `place`. Cells and lines below count only when there is
 * nothing above (a notebook whose cells are run out of order). `after` limits the search to what comes later than it.
 */
export function lookUp(names: PythonNames, name: string, place: Place, after?: Place): Lookup {
  const all = (names.bindings.get(name) ?? []).filter((binding) => isVisible(binding, place));
  const above = all.filter((binding) => isBefore(binding, place));
  if (after !== undefined)
    return latest(
      above.filter((binding) => isAfter(binding, after)),
      place,
    );
  if (above.length > 0) return latest(above, place);
  return latest(
    all.filter((binding) => binding.cell !== place.cell),
    place,
  );
}

function latest(bindings: readonly Binding[], place: Place): Lookup {
  const candidates: Binding[] = [];
  for (const binding of bindings.toReversed()) {
    candidates.push(binding);
    if (isCertain(binding, place)) return { candidates, definite: true };
  }
  return { candidates, definite: false };
}

/** Certain: not in a branch, or in a branch that the place is in as well. */
function isCertain(binding: Binding, place: Place): boolean {
  return binding.maybe.every(
    (span) => binding.cell === place.cell && span.from <= place.at && place.at < span.to,
  );
}

/** A function's own names are seen inside it only; what methods set on `self` is seen everywhere. */
function isVisible(binding: Binding, place: Place): boolean {
  if (binding.scope === null || binding.name.startsWith('self.')) return true;
  return binding.cell === place.cell && binding.scope.from <= place.at && place.at < binding.scope.to;
}

function isBefore(binding: Binding, place: Place): boolean {
  if (binding.cell !== place.cell) return binding.cell < place.cell;
  return binding.at < (binding.scope === null ? (place.calledAt ?? place.at) : place.at);
}

function isAfter(binding: Binding, place: Place): boolean {
  return binding.cell === place.cell ? binding.at > place.at : binding.cell > place.cell;
}

/** The full path of a dotted name through the imports above: `T` → `trl.SFTTrainer`. Other names stay as they are. */
export function importedPath(names: PythonNames, name: string, place: Place): string {
  const dot = name.search(/[.[]/);
  const root = dot === -1 ? name : name.slice(0, dot);
  const [binding] = lookUp(names, root, place).candidates;
  return binding?.to.kind === 'import' ? binding.to.path + name.slice(root.length) : name;
}
