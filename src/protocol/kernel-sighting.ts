import type { PageEvent } from './page-event.ts';

/** What a page can see of a kernel, as its events carry it. */
export type KernelSighting = Extract<PageEvent, { kind: 'kernel' }>['sighting'];
