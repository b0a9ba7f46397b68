import * as v from 'valibot';
import type { Cell } from './cell.ts';
import type { Connection } from './connection.ts';
import type { KernelMessage } from './kernel-socket.ts';
import type { Notebook } from './notebook.ts';
import { newNotifier } from './notifier.ts';
import { forget, remember, remembered } from './remembered-run.ts';
import { freshToken } from './server.ts';

const Status = v.object({ execution_state: v.string() });
const Counted = v.object({ execution_count: v.number() });
const Clear = v.object({ wait: v.optional(v.boolean(), false) });
const Reply = v.object({ status: v.string() });

/** Runs cells one after the other and shows what the kernel says of them. */
export class Runner {
  readonly changed = newNotifier<null>();
  /** The kernel's process died, and the server said so. */
  readonly crashed = newNotifier<null>();
  private queue: Cell[] = [];
  private current: { readonly cell: Cell; readonly id: string } | null = null;
  /** Which cell a message belongs to; also those that come after its end. */
  private readonly owners = new Map<string, Cell>();

  constructor(
    private readonly notebook: Notebook,
    private readonly connection: Connection,
  ) {
    connection.message.listen((message) => this.hear(message));
    connection.connected.listen(({ kernelId }) => {
      this.takeUp(kernelId);
      this.pump();
    });
    connection.changed.listen((state) => {
      if (state === 'connect') this.dropAll();
    });
  }

  get isBusy(): boolean {
    return this.current !== null;
  }

  get busyCells(): readonly Cell[] {
    return this.current === null ? this.queue : [this.current.cell, ...this.queue];
  }

  /** Waits its turn; does nothing for a cell that waits or runs already. */
  enqueue(cell: Cell): void {
    if (cell.type !== 'code' || cell.status !== 'idle') return;
    this.queue.push(cell);
    cell.setStatus('pending');
    this.pump();
    this.changed.emit(null);
  }

  async interrupt(): Promise<void> {
    this.dropQueue();
    await this.askServer('interrupt');
  }

  async restart(): Promise<void> {
    this.dropAll();
    await this.askServer('restart');
  }

  private pump(): void {
    if (this.current !== null || !this.connection.isConnected) return;
    const cell = this.queue.shift();
    if (cell === undefined) return;
    if (cell.source.trim() === '') {
      cell.setStatus('idle');
      return this.pump();
    }
    const id = this.connection.execute(cell.source, false);
    if (id === null) return void this.queue.unshift(cell);
    cell.outputs.clear();
    cell.setStatus('running');
    this.own(cell, id);
    remember({ cell: cell.id, request: id, kernel: this.connection.machine?.kernelId ?? '' });
    this.changed.emit(null);
  }

  private hear({ header, parent_header, content }: KernelMessage): void {
    const type = header.msg_type;
    const parent = parent_header.msg_id ?? '';
    if (type === 'status') return this.hearStatus(content, parent);
    if (type === 'update_display_data') {
      for (const cell of this.notebook.cells) cell.outputs.update(content);
      return;
    }
    const cell = this.owners.get(parent);
    if (cell === undefined) return;
    if (type === 'clear_output') cell.outputs.clear(v.parse(Clear, content).wait);
    else if (type === 'execute_reply') this.hearReply(cell, content);
    else cell.outputs.add(type, content);
  }

  private hearStatus(content: unknown, parent: string): void {
    const status = v.safeParse(Status, content);
    if (!status.success) return;
    const { execution_state: state } = status.output;
    if (state === 'idle' && parent === this.current?.id) return this.finish();
    if (!/^(?:autorestarting|restarting|dead)$/.test(state) || (this.busyCells.length === 0 && parent !== ''))
      return;
    this.dropAll();
    this.crashed.emit(null);
  }

  private hearReply(cell: Cell, content: unknown): void {
    const counted = v.safeParse(Counted, content);
    if (counted.success) cell.executionCount = counted.output.execution_count;
    if (v.is(Reply, content) && content.status !== 'ok') this.dropQueue();
  }

  private finish(): void {
    this.current?.cell.setStatus('idle');
    this.current = null;
    forget();
    this.notebook.save();
    this.pump();
    this.changed.emit(null);
  }

  private dropQueue(): void {
    for (const cell of this.queue.splice(0)) cell.setStatus('idle');
  }

  private dropAll(): void {
    this.dropQueue();
    this.current?.cell.setStatus('idle');
    this.current = null;
    forget();
    this.changed.emit(null);
  }

  /** A page that was loaded anew finds the cell that still runs. */
  private takeUp(kernelId: string): void {
    const run = remembered();
    if (this.current !== null || run === null || run.kernel !== kernelId) return;
    const cell = this.notebook.cellWith(run.cell);
    if (cell === null) return;
    cell.setStatus('running');
    this.own(cell, run.request);
    this.changed.emit(null);
  }

  private own(cell: Cell, id: string): void {
    this.current = { cell, id };
    this.owners.set(id, cell);
  }

  private async askServer(what: 'interrupt' | 'restart'): Promise<void> {
    const { machine } = this.connection;
    if (machine === null || !this.connection.isConnected) return;
    const query = new URLSearchParams({
      session_id: machine.session,
      'colab-runtime-proxy-token': await freshToken(),
      authuser: '0',
    });
    const address = `https://${machine.proxyHost}/api/kernels/${machine.kernelId}/${what}`;
    await fetch(`${address}?${query.toString()}`, { method: 'POST' });
  }
}
