/** How many runs can be laid over each other: as many as there are colours that can be told apart. */
export const MOST_RUNS = 6;

/** The chosen runs by the place each holds, which gives its colour and its number; `null`: free. */
export type Slots = readonly (string | null)[];

export const NO_SLOTS: Slots = Array.from({ length: MOST_RUNS }, () => null);

/** Chooses a run, or lets it go; a run keeps its colour while others come and go. Where all places are taken nothing happens. */
export const toggled = (slots: Slots, runId: string): Slots => {
  const at = slots.indexOf(runId);
  if (at !== -1) return slots.map((id, index) => (index === at ? null : id));
  const free = slots.indexOf(null);
  return free === -1 ? slots : slots.map((id, index) => (index === free ? runId : id));
};

/** Without runs that are not there any more. */
export const onlyKnown = (slots: Slots, known: ReadonlySet<string>): Slots =>
  slots.every((id) => id === null || known.has(id))
    ? slots
    : slots.map((id) => (id !== null && known.has(id) ? id : null));
