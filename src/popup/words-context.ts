import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Translate } from './translate.ts';

export const WordsContext = createContext<Translate | null>(null);

/** The translation every component speaks through. */
export const useWords = (): Translate => {
  const translate = useContext(WordsContext);
  if (translate === null) throw new Error('A component was drawn outside of WordsContext');
  return translate;
};
