/**
 * The two formats in which a Jupyter server sends kernel messages over the `channels` socket
 * (jupyter_server documentation, "WebSocket kernel wire protocols").
 *
 * - legacy: JSON text; with buffers a binary frame of big-endian 32-bit offsets whose first part is the JSON.
 * - `v1.kernel.websocket.jupyter.org`: little-endian 64-bit offsets, then channel, header, parent header, metadata,
 *   content, buffers.
 */
export interface KernelMessage {
  readonly channel: string;
  readonly type: string;
  /** `msg_id` of the message itself. */
  readonly id: string;
  /** `msg_id` of the request that caused it, `null` where there is none. */
  readonly parentId: string | null;
  readonly parentType: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly content: Readonly<Record<string, unknown>>;
}

export const V1_PROTOCOL = 'v1.kernel.websocket.jupyter.org';

/** Reads one frame. `null` for what is not a kernel message or of a type nobody here reads. Never throws. */
export const decodeFrame = (data: unknown, protocol: string): KernelMessage | null => {
  try {
    if (typeof data === 'string') return fromJson(JSON.parse(data));
    if (!(data instanceof ArrayBuffer)) return null;
    return protocol === V1_PROTOCOL ? decodeV1(data) : decodeLegacyBinary(data);
  } catch {
    return null;
  }
};

/** Takes a message that somebody else parsed (JupyterLab's own objects have the same shape as the legacy JSON). */
export const fromJson = (value: unknown): KernelMessage | null => {
  if (!isRecord(value)) return null;
  return build(
    value['channel'],
    value['header'],
    value['parent_header'],
    value['metadata'],
    () => value['content'],
  );
};

/** The message types that say something about a run; content of any other is not even parsed. */
const READ_TYPES: ReadonlySet<string> = new Set([
  'stream',
  'display_data',
  'update_display_data',
  'execute_result',
  'comm_open',
  'comm_msg',
  'execute_input',
  'execute_request',
  'execute_reply',
  'error',
  'status',
  'shutdown_reply',
  'kernel_info_reply',
]);

const build = (
  channel: unknown,
  header: unknown,
  parent: unknown,
  metadata: unknown,
  content: () => unknown,
): KernelMessage | null => {
  if (!isRecord(header)) return null;
  const type = header['msg_type'];
  const id = header['msg_id'];
  if (typeof type !== 'string' || typeof id !== 'string' || !READ_TYPES.has(type)) return null;
  const body = content();
  return {
    channel: typeof channel === 'string' ? channel : '',
    type,
    id,
    parentId: text(parent, 'msg_id'),
    parentType: text(parent, 'msg_type'),
    metadata: isRecord(metadata) ? metadata : {},
    content: isRecord(body) ? body : {},
  };
};

const decodeV1 = (buffer: ArrayBuffer): KernelMessage | null => {
  const view = new DataView(buffer);
  const count = Number(view.getBigUint64(0, true));
  if (count < 6 || count > 1024) return null;
  const offset = (index: number): number => Number(view.getBigUint64(8 * (index + 1), true));
  const part = (index: number): string =>
    new TextDecoder().decode(new Uint8Array(buffer, offset(index), offset(index + 1) - offset(index)));
  return build(part(0), JSON.parse(part(1)), JSON.parse(part(2)), JSON.parse(part(3)), () =>
    JSON.parse(part(4)),
  );
};

const decodeLegacyBinary = (buffer: ArrayBuffer): KernelMessage | null => {
  const view = new DataView(buffer);
  const count = view.getUint32(0);
  if (count < 1 || count > 1024) return null;
  const from = view.getUint32(4);
  const to = count > 1 ? view.getUint32(8) : buffer.byteLength;
  return fromJson(JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, from, to - from))));
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const text = (value: unknown, key: string): string | null => {
  const found = isRecord(value) ? value[key] : null;
  return typeof found === 'string' && found !== '' ? found : null;
};
