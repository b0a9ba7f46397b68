/** What the demo prints: one line for each thing that happened, with the seconds since the start. */
export interface Transcript {
  readonly say: (line: string) => void;
}

export const transcript = (): Transcript => {
  const startedAt = performance.now();
  return {
    say: (line) => {
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      console.log(`${seconds.padStart(6)} s  ${line}`);
    },
  };
};
