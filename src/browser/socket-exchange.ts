/**
 * What came of one message over one socket. `refused`: it never opened, be it that something said no or that something let it wait;
 * nothing was said then. A browser does not say which.
 */
export type Exchanged =
  | { readonly kind: 'reply'; readonly text: string }
  | { readonly kind: 'refused' | 'closed' | 'timeout' | 'too-large' };

export interface ExchangeWish {
  readonly url: string;
  readonly message: string;
  /** What only the reply to this message names. */
  readonly id: string;
  /** Longest waiting, for the socket and for the reply together. */
  readonly timeoutMs: number;
  /** Longest reply. */
  readonly mostCharacters: number;
}

export type Exchange = (wish: ExchangeWish) => Promise<Exchanged>;

/**
 * Opens a socket to a kernel, says one thing on its control channel, hears the reply to that and to nothing else, and closes.
 * Needs nothing from outside of itself: it is also sent into a page, see `exchangeInTab`.
 */
export const exchangeHere: Exchange = ({ url, message, id, timeoutMs, mostCharacters }) =>
  new Promise<Exchanged>((resolve) => {
    const socket = new WebSocket(url);
    let opened = false;
    const end = (how: Exchanged): void => {
      clearTimeout(timer);
      socket.close();
      resolve(how);
    };
    const timer = setTimeout(() => end({ kind: opened ? 'timeout' : 'refused' }), timeoutMs);
    const gone = (): void => end({ kind: opened ? 'closed' : 'refused' });
    socket.addEventListener('close', gone);
    socket.addEventListener('error', gone);
    socket.addEventListener('open', () => {
      opened = true;
      socket.send(message);
    });
    socket.addEventListener('message', ({ data }) => {
      // A training prints: what does not name our request is not even parsed.
      if (typeof data !== 'string' || !data.includes(id)) return;
      if (data.length > mostCharacters) {
        if (data.includes('"channel": "control"')) end({ kind: 'too-large' });
        return;
      }
      try {
        const { channel, parent_header: parent } = JSON.parse(data);
        if (channel === 'control' && parent.msg_id === id) end({ kind: 'reply', text: data });
      } catch {
        // Nothing of ours.
      }
    });
  });
