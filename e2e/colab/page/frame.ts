import * as v from 'valibot';
import { drawAll, Part } from './output-parts.ts';

/** The program of an output frame: draws what the page that embeds it sends. */
const Message = v.object({ parts: v.array(Part) });

const body = document.querySelector('#output-body');

window.addEventListener('message', (event) => {
  const message = v.safeParse(Message, event.data);
  if (event.source !== window.parent || !message.success || body === null) return;
  drawAll(message.output.parts, body);
  window.parent.postMessage({ height: document.documentElement.scrollHeight }, event.origin);
});

window.parent.postMessage({ ready: true }, '*');
