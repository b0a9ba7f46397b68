import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Asked } from './asked.ts';
import type { Controls } from './controls.ts';

/** The controls as a page of buttons, on `https://localhost:PORT/`, for people who try things by hand. */
export const serveControls = async (
  controls: Controls,
  { url }: Asked,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const control = choices(controls)[decodeURIComponent(url.pathname.slice(1))];
  if (request.method === 'POST' && control !== undefined) {
    const error = await control().then(
      () => '',
      (reason: unknown) => String(reason),
    );
    return void response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(error);
  }
  if (url.pathname !== '/') return void response.writeHead(404).end();
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(page(Object.keys(choices(controls))));
};

const choices = (controls: Controls): Readonly<Record<string, () => Promise<void>>> => ({
  'idle disconnect': () => controls.idleDisconnect(),
  'machine ends': () => controls.endServerSide(),
  'kernel crashes': () => controls.kernelCrash(),
  'reconnect, same machine': () => controls.reconnect({ vm: 'same' }),
  'reconnect, new machine': () => controls.reconnect({ vm: 'new' }),
  'no network for 5 s': () => controls.networkGone(5_000),
  'usage limit': () => controls.usageLimit(),
  captcha: () => controls.captcha(),
  'expire tokens': async () => controls.expireTokens(),
});

const page = (names: readonly string[]): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Controls of the Colab stand-in</title></head>
<body>
<h1>What happens to the notebook's user</h1>
${names.map((name) => `<p><button value="${encodeURIComponent(name)}">${name}</button></p>`).join('\n')}
<p role="status"></p>
<script>
const status = document.querySelector('[role=status]');
document.addEventListener('click', async ({ target }) => {
  if (target.value === undefined) return;
  status.textContent = '…';
  const reply = await fetch('/' + target.value, { method: 'POST' });
  status.textContent = (await reply.text()) || 'done';
});
</script>
</body>
</html>`;
