/** A number of that many bytes, low byte first (APPNOTE 4.4.1.1), or bytes as they are. */
export type Field = readonly [bytes: 2 | 4 | 8, value: number] | Uint8Array;

/** One record, field after field. */
export function record(fields: readonly Field[]): Uint8Array {
  const length = fields.reduce((sum, field) => sum + lengthOf(field), 0);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const field of fields) {
    if (field instanceof Uint8Array) bytes.set(field, at);
    else put(view, at, field);
    at += lengthOf(field);
  }
  return bytes;
}

const lengthOf = (field: Field): number => (field instanceof Uint8Array ? field.length : field[0]);

function put(view: DataView, at: number, [bytes, value]: readonly [2 | 4 | 8, number]): void {
  switch (bytes) {
    case 2:
      view.setUint16(at, value, true);
      break;
    case 4:
      view.setUint32(at, value, true);
      break;
    case 8:
      view.setBigUint64(at, BigInt(value), true);
      break;
    default:
      bytes satisfies never;
  }
}
