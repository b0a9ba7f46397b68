import type { ServerResponse } from 'node:http';
import type { Asked } from './asked.ts';
import { bundled } from './page-bundle.ts';
import type { World } from './world.ts';

/** `<random>-0-colab.googleusercontent.com`: a frame for the output of one cell. */
export const serveFrame = async (world: World, { url }: Asked, response: ServerResponse): Promise<void> => {
  if (url.pathname !== '/outputframe.html') return void response.writeHead(404).end();
  if (world.options.outputFramesBlocked) {
    response.writeHead(403, { 'content-type': 'text/html; charset=utf-8' });
    return void response.end('<!doctype html><title>403</title>');
  }
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  response.end(`<!doctype html>
<html>
<head><meta charset="utf-8"></head>
<body>
<div id="output-area"><span id="output-header"></span><div id="output-body"></div><span id="output-footer"></span></div>
<script>${await bundled('frame')}</script>
</body>
</html>`);
};
