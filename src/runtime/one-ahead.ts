/** The same values, each asked for while the one before is still in use, and the first at once. What fails says so in its turn. */
export const oneAhead = <T>(source: AsyncGenerator<T, void>): AsyncGenerator<T, void> => {
  const ask = (): Promise<IteratorResult<T, void>> => {
    const asked = source.next();
    // Nobody listens to it yet, or ever, when whoever takes the values stops before.
    asked.catch(() => undefined);
    return asked;
  };
  return following(ask(), ask);
};

async function* following<T>(
  first: Promise<IteratorResult<T, void>>,
  ask: () => Promise<IteratorResult<T, void>>,
): AsyncGenerator<T, void> {
  for (let coming = first; ;) {
    const { done, value } = await coming;
    if (done === true) return;
    coming = ask();
    yield value;
  }
}
