import type { LentMachine } from '../wire.ts';
import type { ButtonFace } from './connect-button.ts';
import {
  openKernelSocket,
  type KernelMessage,
  type KernelSocket,
  type SocketMaking,
} from './kernel-socket.ts';
import { newNotifier } from './notifier.ts';
import { askMachineState, freshToken, requestMachine } from './server.ts';

export type ConnectionState = Exclude<ButtonFace, 'busy'>;

const TRIED_AGAIN_AFTER_MS = 400;

/**
 * The page's line to its machine.
 *
 *     connect ──► allocating ──► connected ──(socket lost, no network)──► reconnecting ──► connected
 *        ▲                           │  │                                      │
 *        └───────── released ────────┘  └── socket lost, machine silent: stays `connected`, then `connect`
 */
export class Connection {
  readonly changed = newNotifier<ConnectionState>();
  readonly connected = newNotifier<LentMachine>();
  readonly message = newNotifier<KernelMessage>();
  readonly refused = newNotifier<null>();
  /** Stays after the line is gone, as in Colab: a page compares before and after. */
  machine: LentMachine | null = null;
  /** Milliseconds since 1970. */
  lastConnectedAt: number | null = null;
  private socket: KernelSocket | null = null;
  private now: ConnectionState = 'connect';

  constructor(private readonly making: SocketMaking) {}

  get state(): ConnectionState {
    return this.now;
  }

  /** The socket's truth, which the button does not always tell. */
  get isConnected(): boolean {
    return this.socket?.isOpen() ?? false;
  }

  /** Done when the page is connected or was refused. */
  async connect(): Promise<void> {
    if (this.now === 'allocating') return this.settled();
    this.closeSocket();
    this.become('allocating');
    const lending = await requestMachine();
    if (lending.outcome === 'limit') {
      this.become('connect');
      return this.refused.emit(null);
    }
    this.machine = lending;
    await this.open(lending);
  }

  /** The page lets go of its machine. */
  release(): void {
    this.closeSocket();
    this.become('connect');
  }

  execute(code: string, silent: boolean): string | null {
    return this.isConnected ? (this.socket?.execute(code, silent) ?? null) : null;
  }

  private settled(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.changed.listen((state) => {
        if (state !== 'connected' && state !== 'connect') return;
        stop();
        resolve();
      });
    });
  }

  private async open(machine: LentMachine): Promise<void> {
    const token = await freshToken();
    await new Promise<void>((resolve) => {
      const socket = openKernelSocket(machine, token, this.making, {
        opened: () => {
          this.lastConnectedAt = Date.now();
          this.become('connected');
          this.connected.emit(machine);
          resolve();
        },
        message: (message) => this.message.emit(message),
        lost: () => {
          resolve();
          if (this.socket === socket) void this.recover(machine);
        },
      });
      this.socket = socket;
    });
  }

  /** A lost socket is opened again as long as the machine is there. */
  private async recover(machine: LentMachine): Promise<void> {
    this.closeSocket();
    const isOurs = () => this.machine === machine && this.socket === null && this.now !== 'connect';
    while (isOurs()) {
      const state = await askMachineState().catch(() => 'unreachable' as const);
      if (!isOurs() || this.now === 'allocating') return;
      if (state === 'gone') return this.become('connect');
      if (state === 'lent') return this.open(machine).catch(() => this.recover(machine));
      if (state === 'unreachable') this.become('reconnecting');
      await new Promise((resolve) => setTimeout(resolve, TRIED_AGAIN_AFTER_MS));
    }
  }

  private closeSocket(): void {
    this.socket?.close();
    this.socket = null;
  }

  private become(state: ConnectionState): void {
    this.now = state;
    this.changed.emit(state);
  }
}
