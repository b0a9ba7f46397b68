import { useCallback, useEffect, useState } from 'preact/hooks';
import type { PopupTransport } from '../protocol/popup-transport.ts';
import type { PopupView } from '../protocol/popup-view.ts';

/** The newest view, and when it was read; `unheard` when the other side did not answer. */
export type ReadView =
  | { readonly kind: 'loading' }
  | { readonly kind: 'unheard' }
  | { readonly kind: 'read'; readonly view: PopupView; readonly readAt: number };

/** Reads the view at once and after every change; an answer that comes late never replaces a newer one. */
export const usePopupView = (
  transport: PopupTransport,
  clock: () => number,
): { readonly read: ReadView; readonly readAgain: () => void } => {
  const [read, setRead] = useState<ReadView>({ kind: 'loading' });
  const [request, setRequest] = useState(0);
  const readAgain = useCallback(() => setRequest((count) => count + 1), []);

  useEffect(() => {
    const stop = new AbortController();
    transport.onChange(readAgain, stop.signal);
    return () => stop.abort();
  }, [transport, readAgain]);

  useEffect(() => {
    let superseded = false;
    const readNow = async (): Promise<void> => {
      try {
        const view = await transport.view();
        if (!superseded) setRead({ kind: 'read', view, readAt: clock() });
      } catch {
        // What was read before stays: it is older, not wrong.
        if (!superseded) setRead((before) => (before.kind === 'read' ? before : { kind: 'unheard' }));
      }
    };
    void readNow();
    return () => {
      superseded = true;
    };
  }, [transport, clock, request]);

  return { read, readAgain };
};
