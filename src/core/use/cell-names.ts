import type { NotebookModels } from './notebook-models.ts';
import type { Import } from './recipe.ts';

/** Gives names that the notebook does not use. Each is given once. */
export interface FreshNames {
  /** The wanted name, or that with a number where the notebook has it already. */
  readonly fresh: (wanted: string) => string;
  /** What an import is to be called: a name that means something else in the notebook gets another. */
  readonly bring: (wanted: Import) => Brought;
}

export interface Brought extends Import {
  /** Its name in the cell. */
  readonly called: string;
}

/** The lines that import, one a module. */
export function importLines(brought: readonly Brought[]): readonly string[] {
  const listed = new Map<string, Set<string>>();
  for (const { module, name, called } of brought) {
    const item = called === name ? name : `${name} as ${called}`;
    const start = module === null ? `import ${item}` : `from ${module} import `;
    const items = listed.get(start) ?? new Set<string>();
    listed.set(start, module === null ? items : items.add(item));
  }
  return [...listed].map(([start, items]) => start + [...items].join(', '));
}

export function freshNames({ text, follow }: NotebookModels): FreshNames {
  const taken = new Set(text.match(/[A-Za-z_]\w*/g));
  const fresh = (wanted: string): string => {
    let name = wanted;
    for (let count = 2; taken.has(name); count += 1) name = `${wanted}_${count}`;
    taken.add(name);
    return name;
  };
  const meansElse = ({ module, name }: Import): boolean => {
    const path = module === null ? name : `${module}.${name}`;
    const bindings = follow.names.bindings.get(name) ?? [];
    return bindings.some(
      ({ to, scope }) => scope === null && !(to.kind === 'import' && isSame(to.path, path)),
    );
  };
  return {
    fresh,
    bring: (wanted) => ({
      ...wanted,
      called: meansElse(wanted) ? fresh(`${wanted.name}_2`) : wanted.name,
    }),
  };
}

/** `lightning.pytorch.Trainer` and `lightning.Trainer` are the same class: packages hand their names up. */
const isSame = (path: string, wanted: string): boolean =>
  path === wanted ||
  (path.split('.')[0] === wanted.split('.')[0] && path.split('.').at(-1) === wanted.split('.').at(-1));

/** What tells the names for one checkpoint from those for another: its step, else what its name has of letters and digits. */
export function suffixOf({ name, step }: { readonly name: string; readonly step: number | null }): string {
  if (step !== null && Number.isSafeInteger(step) && step >= 0) return String(step);
  const letters = name
    .replace(/\.[A-Za-z]\w{0,11}$/, '')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 40);
  return letters === '' ? 'checkpoint' : letters;
}
