import type { Page } from '@playwright/test';
import * as v from 'valibot';
import { launchBrowser } from '../extension/browser.ts';
import { expect, test } from '../fixtures.ts';
import { binaryFrame, jsonFrame, legacyBinaryFrame, serveKernelPage, trainerTable } from './kernel-page.ts';

const said = (frame: (type: string, content: object) => string | Buffer): (string | Buffer)[] => [
  frame('status', { execution_state: 'busy' }),
  frame('execute_input', { code: 'trainer_stats = trainer.train()', execution_count: 7 }),
  frame('stream', { name: 'stderr', text: 'naïve text, 训练, \u{1F680}\n' }),
  frame('update_display_data', trainerTable(451, 600)),
];

/** Bytes that no kernel sends: cut headers, wild offsets, wrong shapes. */
const broken = (): (string | Buffer)[] => [
  '',
  '{',
  'null',
  '[]',
  '{"header": 5}',
  '{"header": {"msg_type": "stream", "msg_id": "x"}, "content": null, "parent_header": {"msg_id": 3}}',
  Buffer.alloc(0),
  Buffer.alloc(3, 255),
  Buffer.alloc(64, 255),
  binaryFrame('stream', { name: 'stdout', text: 'x' }).subarray(0, 60),
];

/** Opens a kernel socket and keeps everything a page can see of it. Runs as the page's very first script. */
const recorder = (
  open: string,
  kind: 'arraybuffer' | 'blob',
  protocol: string,
  beforeFrames = '',
): string => `<!doctype html><html><head><script>
  window.seen = { errors: [], events: [], frames: [], facts: {} };
  addEventListener('error', (event) => seen.errors.push(String(event.message)));
  addEventListener('unhandledrejection', (event) => seen.errors.push(String(event.reason)));
  ${open}
  const socket = openSocket('ws://' + location.host + '/api/kernels/11111111-2222/channels?session_id=s'${protocol});
  socket.binaryType = '${kind}';
  seen.facts = {
    name: WebSocket.name, length: WebSocket.length, native: String(WebSocket).includes('[native code]'), open: WebSocket.OPEN,
    isInstance: socket instanceof WebSocket, keys: Object.keys(window).includes('WebSocket'),
    constructorIsClass: Object.getPrototypeOf(WebSocket.prototype) === EventTarget.prototype,
    own: Object.getOwnPropertyNames(socket).join(), send: String(socket.send), onmessage: socket.onmessage,
    flags: JSON.stringify(Object.getOwnPropertyDescriptor(window, 'WebSocket'), (key, value) => typeof value === 'function' ? 'function' : value),
  };
  const toBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  const order = [];
  socket.onopen = async () => { seen.events.push('open ' + socket.protocol); ${beforeFrames} socket.send('go'); };
  socket.onmessage = ({ data }) => order.push(
    typeof data === 'string' ? toBase64(new TextEncoder().encode(data))
      : data instanceof Blob ? data.arrayBuffer().then((bytes) => toBase64(new Uint8Array(bytes)))
      : toBase64(new Uint8Array(data)));
  socket.onclose = async ({ code, wasClean }) => {
    seen.frames = await Promise.all(order);
    seen.events.push('close ' + code + ' ' + wasClean);
  };
</script></head><body></body></html>`;

const plain = 'const openSocket = (...args) => new WebSocket(...args);';
const subclass =
  'class Traced extends WebSocket { constructor(...args) { super(...args); this.traced = true; } }\n const openSocket = (...args) => new Traced(...args);';
const replaced = `const Before = WebSocket; window.WebSocket = function (...args) { seen.events.push('wrapped'); return new Before(...args); };
  window.WebSocket.prototype = Before.prototype; window.WebSocket.OPEN = Before.OPEN; const openSocket = (...args) => new WebSocket(...args);`;

const Seen = v.object({
  errors: v.array(v.string()),
  events: v.array(v.string()),
  frames: v.array(v.string()),
  facts: v.record(v.string(), v.unknown()),
});
declare const window: { readonly seen: unknown };

const visit = async (page: Page, url: string): Promise<v.InferOutput<typeof Seen>> => {
  await page.goto(url);
  const read = async () => v.parse(Seen, await page.evaluate(() => window.seen));
  await expect.poll(async () => (await read()).events.some((event) => event.startsWith('close'))).toBe(true);
  return read();
};

const cases = [
  { name: 'text frames', frames: said(jsonFrame), kind: 'arraybuffer', protocol: '', open: plain },
  {
    name: 'binary frames',
    frames: said(binaryFrame),
    kind: 'arraybuffer',
    protocol: ", ['v1.kernel.websocket.jupyter.org']",
    open: plain,
  },
  {
    name: 'text frames that carry buffers',
    frames: said(legacyBinaryFrame),
    kind: 'arraybuffer',
    protocol: '',
    open: plain,
  },
  {
    name: 'binary frames as blobs',
    frames: said(binaryFrame),
    kind: 'blob',
    protocol: ", ['v1.kernel.websocket.jupyter.org']",
    open: plain,
  },
  {
    name: 'a page with a class of its own',
    frames: said(jsonFrame),
    kind: 'arraybuffer',
    protocol: '',
    open: subclass,
  },
  {
    name: 'a page that puts a wrapper over WebSocket',
    frames: said(jsonFrame),
    kind: 'arraybuffer',
    protocol: '',
    open: replaced,
  },
  {
    name: 'broken frames before good ones, as text',
    frames: [...broken(), ...said(jsonFrame)],
    kind: 'arraybuffer',
    protocol: '',
    open: plain,
  },
  {
    name: 'broken frames before good ones, binary',
    frames: [...broken(), ...said(binaryFrame)],
    kind: 'blob',
    protocol: ", ['v1.kernel.websocket.jupyter.org']",
    open: plain,
  },
] as const;

for (const { name, frames, kind, protocol, open } of cases) {
  test(`the kernel tap hears a socket of the page's first script and changes nothing: ${name}`, async ({
    browserWithExtension,
  }) => {
    await using served = await serveKernelPage(recorder(open, kind, protocol), frames);
    await using bare = await launchBrowser({ withExtension: false });
    const without = await visit(await bare.newPage(), served.url);

    const page = await browserWithExtension.newPage();
    const extension = await browserWithExtension.extension();
    const withTap = await visit(page, served.url);

    expect(withTap, 'what the page sees with the tap is what it sees without').toEqual(without);
    expect(withTap.frames, 'every byte arrived').toEqual(served.sent);
    expect(withTap.errors).toEqual([]);
    // 451 finished steps: heard by the extension, from a socket it did not open.
    await expect.poll(async () => JSON.stringify(await extension.stored('local'))).toContain('"step":451');
  });
}

declare const failedCalls: number;

test('an exception in the tap never reaches the page', async ({ browserWithExtension }) => {
  // Functions of the page that the tap needs and the page itself does not: they throw when the first frame comes.
  const failing = `if (document.readyState === 'loading')
      await new Promise((resolve) => addEventListener('DOMContentLoaded', resolve));
    window.failedCalls = 0;
    window.queueMicrotask = window.setTimeout = () => { failedCalls += 1; throw new Error('not today'); };`;
  const html = recorder(plain, 'arraybuffer', '', failing);
  await using served = await serveKernelPage(html, said(jsonFrame));
  await using bare = await launchBrowser({ withExtension: false });
  const without = await visit(await bare.newPage(), served.url);

  const page = await browserWithExtension.newPage();
  const withTap = await visit(page, served.url);
  expect(await page.evaluate(() => failedCalls), 'it did throw in there').toBeGreaterThan(0);
  expect(withTap).toEqual(without);
  expect(withTap.frames).toEqual(served.sent);
  expect(withTap.errors).toEqual([]);
});
