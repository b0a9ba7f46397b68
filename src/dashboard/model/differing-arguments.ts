import type { HistoryRun } from '../../core/history/history-run.ts';

/** One argument, with what each run gives for it, in the order of the runs. */
export interface ArgumentRow {
  readonly of: string;
  readonly name: string;
  /** `null`: the code does not give it; `unknown`: it does, and it could not be followed. */
  readonly values: readonly (
    { readonly kind: 'known'; readonly text: string } | { readonly kind: 'unknown' } | null
  )[];
  readonly differs: boolean;
}

/** The arguments of several runs side by side, what differs first, else in the order of the code. */
export const argumentRows = (runs: readonly Pick<HistoryRun, 'given'>[]): readonly ArgumentRow[] => {
  const keys = new Map<string, { readonly of: string; readonly name: string }>();
  for (const { given } of runs) for (const { of, name } of given) keys.set(`${of}\n${name}`, { of, name });
  const rows = [...keys.values()].map(({ of, name }): ArgumentRow => {
    const values = runs.map(({ given }): ArgumentRow['values'][number] => {
      const found = given.find((each) => each.of === of && each.name === name);
      if (found === undefined) return null;
      return found.value === null ? { kind: 'unknown' } : { kind: 'known', text: found.value };
    });
    return { of, name, values, differs: new Set(values.map((value) => JSON.stringify(value))).size > 1 };
  });
  return [...rows.filter(({ differs }) => differs), ...rows.filter(({ differs }) => !differs)];
};
