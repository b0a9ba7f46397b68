/** The same values, each asked for while the one before is still in use. What fails says so in its turn. */
export async function* oneAhead<T>(source: AsyncGenerator<T, void>): AsyncGenerator<T, void> {
  const ask = (): Promise<IteratorResult<T, void>> => {
    const asked = source.next();
    // Nobody listens to it yet, or ever, when whoever takes the values stops before.
    asked.catch(() => undefined);
    return asked;
  };
  let coming = ask();
  for (;;) {
    const { done, value } = await coming;
    if (done === true) return;
    coming = ask();
    yield value;
  }
}
