/**
 * Asks again and again until the answer is there. For what no page can tell: files, processes, servers.
 * In a test, `expect.poll` and locators come first.
 * @param what completes the sentence "waited 60 s in vain for …"
 * @param ask answers undefined (or false) for "not yet"; what it throws ends the waiting
 */
export const until = async <T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  { timeoutMs = 60_000, intervalMs = 50 }: { timeoutMs?: number; intervalMs?: number } = {},
): Promise<T> => {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs / 1000} s in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
  }
};
