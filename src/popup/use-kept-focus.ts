import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** The parts of the page around an element, the nearest first. */
const sectionsAround = (element: Element): readonly Element[] => {
  const section = element.parentElement?.closest('section') ?? null;
  return section === null ? [] : [section, ...sectionsAround(section)];
};

/**
 * Where the keyboard goes when the row it was in has gone, removed or dismissed: to the first button of what is left
 * around it, or else to the heading.
 */
export const useKeptFocus = (root: RefObject<HTMLElement | null>): void => {
  const last = useRef<{ readonly element: Element; readonly around: readonly Element[] } | null>(null);
  useEffect(() => {
    const place = root.current;
    const remember = ({ target }: FocusEvent): void => {
      last.current = target instanceof Element ? { element: target, around: sectionsAround(target) } : null;
    };
    place?.addEventListener('focusin', remember);
    return () => place?.removeEventListener('focusin', remember);
  }, [root]);
  useEffect(() => {
    if (last.current === null || last.current.element.isConnected) return;
    const section = last.current.around.find(({ isConnected }) => isConnected);
    last.current = null;
    if (document.activeElement !== document.body) return;
    const next = section?.querySelector('button') ?? root.current?.querySelector('h1');
    next?.focus();
  });
};
