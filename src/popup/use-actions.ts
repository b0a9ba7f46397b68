import { useCallback, useRef, useState } from 'preact/hooks';
import type { PopupAction, PopupTransport } from '../protocol/popup-transport.ts';
import { refusalSentence } from './view-model/refusal-sentence.ts';
import type { Translate } from './translate.ts';

/** What the user asked for and what became of it. */
export interface Actions {
  readonly pending: PopupAction | null;
  /** The last refusal or confirmation, for the live region. */
  readonly message: string | null;
  /** One action at a time; a second click while one is under way does nothing. */
  readonly act: (action: PopupAction) => Promise<boolean>;
  readonly say: (message: string) => void;
}

/** Whether this very action is under way: a kind alone would mark the buttons of every row. */
export const isPending = ({ pending }: Actions, action: PopupAction): boolean =>
  pending !== null && JSON.stringify(pending) === JSON.stringify(action);

export const useActions = (transport: PopupTransport, t: Translate, whenDone: () => void): Actions => {
  const [pending, setPending] = useState<PopupAction | null>(null);
  const [message, setMessage] = useState<string | null>(null);
  const underWay = useRef(false);

  const act = useCallback(
    async (action: PopupAction): Promise<boolean> => {
      if (underWay.current) return false;
      underWay.current = true;
      setPending(action);
      setMessage(null);
      try {
        // Called before any other await: a permission can only be asked for within the click.
        const reply = await transport.act(action);
        if (reply.kind === 'refused') setMessage(refusalSentence(t, reply.reason));
        return reply.kind === 'done';
      } catch {
        setMessage(t('refused_unheard'));
        return false;
      } finally {
        underWay.current = false;
        setPending(null);
        whenDone();
      }
    },
    [transport, t, whenDone],
  );

  return { pending, message, act, say: setMessage };
};
