import * as v from 'valibot';
import { newNotifier } from './notifier.ts';
import { newTerminal, type Terminal } from './terminal.ts';

const text = v.pipe(
  v.union([v.string(), v.array(v.string())]),
  v.transform((value) => (typeof value === 'string' ? value : value.join(''))),
);
const Bundle = v.record(v.string(), v.unknown());
const Stream = v.object({ name: v.string(), text });
const Display = v.object({
  data: Bundle,
  metadata: v.optional(Bundle, {}),
  transient: v.optional(v.object({ display_id: v.optional(v.string()) }), {}),
  execution_count: v.optional(v.nullable(v.number())),
});
const Failure = v.object({ ename: v.string(), evalue: v.string(), traceback: v.array(v.string()) });

type OutputKind =
  | { readonly kind: 'stream'; readonly name: string; readonly terminal: Terminal }
  | {
      readonly kind: 'display';
      readonly type: string;
      readonly displayId: string | null;
      readonly count: number | null;
      data: v.InferOutput<typeof Bundle>;
      metadata: v.InferOutput<typeof Bundle>;
    }
  | ({ readonly kind: 'error' } & v.InferOutput<typeof Failure>);

export type Output = OutputKind & { readonly key: number };

/** The outputs of one cell, fed with kernel messages or with what a file holds. */
export class Outputs {
  readonly changed = newNotifier<null>();
  private items: Output[] = [];
  private clearsOnNext = false;
  private lastKey = 0;

  get list(): readonly Output[] {
    return this.items;
  }

  clear(waits = false): void {
    this.clearsOnNext = waits;
    if (!waits) this.replace([]);
  }

  /** Takes an output by its nbformat type, which is also the type of its message. */
  add(type: string, content: unknown): void {
    const added = this.read(type, content);
    if (added === null) return;
    if (this.clearsOnNext) this.items = [];
    this.clearsOnNext = false;
    const last = this.items.at(-1);
    if (added.kind === 'stream' && last?.kind === 'stream' && last.name === added.name) {
      last.terminal.write(v.parse(Stream, content).text);
    } else {
      this.lastKey += 1;
      this.items = [...this.items, { ...added, key: this.lastKey }];
    }
    this.changed.emit(null);
  }

  /** `update_display_data`: true when one of these is shown here. */
  update(content: unknown): boolean {
    const parsed = v.safeParse(Display, content);
    if (!parsed.success) return false;
    const { data, metadata, transient } = parsed.output;
    const shown = this.items.filter(
      (output) => output.kind === 'display' && output.displayId === (transient.display_id ?? ''),
    );
    for (const output of shown) if (output.kind === 'display') Object.assign(output, { data, metadata });
    if (shown.length > 0) this.changed.emit(null);
    return shown.length > 0;
  }

  /** As nbformat 4 writes them. */
  toJson(): Record<string, unknown>[] {
    return this.items.map((output) => {
      switch (output.kind) {
        case 'stream':
          return { output_type: 'stream', name: output.name, text: [output.terminal.text()] };
        case 'display': {
          const { type, data, metadata, count } = output;
          const shared = { output_type: type, data, metadata };
          return type === 'execute_result' ? { ...shared, execution_count: count } : shared;
        }
        case 'error': {
          const { ename, evalue, traceback } = output;
          return { output_type: 'error', ename, evalue, traceback };
        }
        default:
          return output satisfies never;
      }
    });
  }

  private read(type: string, content: unknown): OutputKind | null {
    if (type === 'stream') return stream(content);
    if (type === 'error') {
      const failure = v.safeParse(Failure, content);
      return failure.success ? { kind: 'error', ...failure.output } : null;
    }
    const display = v.safeParse(Display, content);
    if (!display.success || !/^(?:display_data|execute_result)$/.test(type)) return null;
    const { data, metadata, transient, execution_count: count = null } = display.output;
    return { kind: 'display', type, displayId: transient.display_id ?? null, count, data, metadata };
  }

  private replace(items: Output[]): void {
    this.items = items;
    this.changed.emit(null);
  }
}

const stream = (content: unknown): OutputKind | null => {
  const parsed = v.safeParse(Stream, content);
  if (!parsed.success) return null;
  const terminal = newTerminal();
  terminal.write(parsed.output.text);
  return { kind: 'stream', name: parsed.output.name, terminal };
};
