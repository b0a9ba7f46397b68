/** "WebSocket kernel wire protocols" in the documentation of jupyter_server 2. */
export const V1 = 'v1.kernel.websocket.jupyter.org';

interface Sent {
  readonly channel: string;
  readonly header: object;
  readonly parent_header: object;
  readonly metadata: object;
  readonly content: object;
}

/** A count of offsets, the offsets, then channel, header, parent header, metadata and content. */
export const encodeV1 = ({ channel, header, parent_header, metadata, content }: Sent): ArrayBuffer => {
  const encoder = new TextEncoder();
  const parts = [
    encoder.encode(channel),
    ...[header, parent_header, metadata, content].map((part) => encoder.encode(JSON.stringify(part))),
  ];
  const headLength = 8 * (parts.length + 2);
  const frame = new ArrayBuffer(parts.reduce((sum, { length }) => sum + length, headLength));
  const view = new DataView(frame);
  view.setBigUint64(0, BigInt(parts.length + 1), true);
  view.setBigUint64(8, BigInt(headLength), true);
  const at = { offset: headLength };
  for (const [index, part] of parts.entries()) {
    new Uint8Array(frame, at.offset).set(part);
    at.offset += part.length;
    view.setBigUint64(8 * (index + 2), BigInt(at.offset), true);
  }
  return frame;
};

/** Buffers are left out: the page shows none. */
export const decodeV1 = (frame: ArrayBuffer): unknown => {
  const view = new DataView(frame);
  const offset = (index: number) => Number(view.getBigUint64(8 * (index + 1), true));
  const text = (index: number) =>
    new TextDecoder().decode(new Uint8Array(frame, offset(index), offset(index + 1) - offset(index)));
  const json = (index: number): unknown => JSON.parse(text(index));
  return {
    channel: text(0),
    header: json(1),
    parent_header: json(2),
    metadata: json(3),
    content: json(4),
  };
};
