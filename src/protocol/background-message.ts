import * as v from 'valibot';
import { pageCommandReplySchema, pageCommandSchema } from './page-command.ts';
import { pageBatchSchema } from './page-event.ts';
import type { PopupActionReply } from './popup-transport.ts';
import type { HealthReport } from './health-report.ts';
import type { PopupView } from './popup-view.ts';
import { presetSchema, saveSettingsSchema } from './save-settings-view.ts';

/** Content script → background. The sender's tab says which page it is. */
export const contentMessageSchema = v.variant('kind', [
  v.object({ kind: v.literal('page-events'), events: pageBatchSchema }),
  /** Sent at the rhythm the background asked for, only while a run trains. */
  v.object({ kind: v.literal('tick') }),
  v.object({ kind: v.literal('network'), online: v.boolean() }),
  v.object({ kind: v.literal('page-leaves') }),
  /** A person's click on the toast over the page. */
  v.object({
    kind: v.literal('toast-action'),
    notebookId: v.string(),
    action: v.picklist(['run', 'undo']),
  }),
]);
export type ToastAction = Extract<
  v.InferOutput<typeof contentMessageSchema>,
  { kind: 'toast-action' }
>['action'];
export type ContentMessage = v.InferOutput<typeof contentMessageSchema>;

/** The background's answer: how often it wants a tick, `null` for never. */
export const contentReplySchema = v.object({ tickMs: v.nullable(v.number()) });
export type ContentReply = v.InferOutput<typeof contentReplySchema>;

/** Background → content script of one tab; a command is answered with a `PageCommandReply`, a toast with nothing. */
export const tabMessageSchema = v.variant('kind', [
  v.object({ kind: v.literal('page-command'), command: pageCommandSchema }),
  v.object({
    kind: v.literal('toast'),
    /** `null` takes it away. */
    toast: v.nullable(v.object({ notebookId: v.string(), checkpoint: v.string() })),
  }),
]);
export type TabMessage = v.InferOutput<typeof tabMessageSchema>;
export const tabReplySchema = pageCommandReplySchema;

const notebookId = v.string();
const popupActionSchema = v.variant('kind', [
  v.object({ kind: v.literal('enable-site'), origin: v.string() }),
  v.object({ kind: v.literal('reload-tab') }),
  v.object({ kind: v.literal('open-health') }),
  v.object({ kind: v.literal('open-dashboard'), notebookId: v.nullable(v.string()) }),
  v.object({ kind: v.literal('insert-resume-cell'), notebookId }),
  v.object({ kind: v.literal('undo-insert'), notebookId }),
  v.object({
    kind: v.literal('insert-use-cell'),
    notebookId,
    names: v.pipe(v.array(v.string()), v.readonly()),
  }),
  v.object({ kind: v.literal('undo-use-cell'), notebookId, sort: v.picklist(['one', 'compare']) }),
  v.object({
    kind: v.literal('recover'),
    notebookId,
    setupCellIds: v.pipe(v.array(v.string()), v.readonly()),
  }),
  v.object({ kind: v.picklist(['stop-recovery', 'retry-recovery']), notebookId }),
  v.object({ kind: v.literal('skip-step'), notebookId, index: v.number() }),
  v.object({ kind: v.literal('watch-folder'), notebookId, path: v.string() }),
  v.object({ kind: v.literal('dismiss-run'), notebookId }),
  v.object({
    kind: v.literal('bring-home'),
    notebookId,
    names: v.pipe(v.array(v.string()), v.readonly()),
    extent: v.picklist(['everything', 'inference']),
    to: v.picklist(['zip', 'browser']),
  }),
  v.object({ kind: v.literal('zip-folder'), notebookId, path: v.string() }),
  v.object({
    kind: v.picklist(['zip-copy', 'finish-copy', 'remove-copy']),
    notebookId,
    copyId: v.string(),
  }),
  v.object({
    kind: v.literal('restore-copy'),
    notebookId,
    copyId: v.string(),
    folder: v.nullable(v.string()),
  }),
  v.object({
    kind: v.literal('change-keeping'),
    notebookId,
    on: v.boolean(),
    extent: v.picklist(['everything', 'inference']),
    paused: v.boolean(),
    mostBytesPerSecond: v.nullable(v.pipe(v.number(), v.minValue(1))),
  }),
  v.object({ kind: v.literal('save-now'), notebookId, stop: v.boolean() }),
  v.object({
    kind: v.literal('save-every'),
    notebookId,
    steps: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  }),
  v.object({ kind: v.literal('answer-save'), notebookId, yes: v.boolean() }),
  v.object({ kind: v.literal('undo-save'), notebookId, what: v.picklist(['once', 'every']) }),
  v.object({
    kind: v.literal('apply-settings'),
    notebookId,
    preset: presetSchema,
    settings: saveSettingsSchema,
  }),
  v.object({ kind: v.literal('undo-settings'), notebookId }),
  v.object({ kind: v.picklist(['apply-asking', 'prepare-asking', 'undo-asking']), notebookId }),
  v.object({ kind: v.literal('open-restore'), notebookId }),
  v.object({
    kind: v.picklist(['pause-job', 'resume-job', 'cancel-job', 'dismiss-job', 'show-job', 'move-aside-job']),
    jobId: v.string(),
  }),
  v.object({
    kind: v.literal('change-settings'),
    insertAfterReconnect: v.boolean(),
    runAfterReconnect: v.boolean(),
  }),
  v.object({
    kind: v.literal('set-hours-between-failures'),
    hours: v.pipe(v.number(), v.minValue(0.1), v.maxValue(10_000)),
  }),
]);

/** Popup → background. Accepted from the extension's own pages only. */
export const popupMessageSchema = v.variant('kind', [
  v.object({ kind: v.literal('popup-view'), tabId: v.nullable(v.number()) }),
  v.object({ kind: v.literal('popup-action'), tabId: v.nullable(v.number()), action: popupActionSchema }),
  v.object({ kind: v.literal('health-report'), tabId: v.nullable(v.number()) }),
  v.object({ kind: v.literal('restore-place'), tabId: v.nullable(v.number()), notebookId }),
  /** Somebody looks at the history: what is known of runs under way shall be in it. */
  v.object({ kind: v.literal('history-fresh') }),
]);
export type PopupMessage = v.InferOutput<typeof popupMessageSchema>;

/** Background → popup, without an answer: what it shows may have changed. */
export const viewChangedSchema = v.object({ kind: v.literal('view-changed') });

/** Where a checkpoint can be put back: the notebook, its server, and the folder its checkpoints lie in (relative to the server's root). */
export interface RestorePlace {
  readonly notebook: { readonly id: string; readonly name: string };
  readonly origin: string;
  readonly basePath: string;
  readonly folder: string | null;
}

/** What the history itself cannot know: which runs train at the moment, and which copies are in this browser, by their ids. */
export interface HistoryFresh {
  readonly training: readonly string[];
  readonly copies: readonly string[];
}

/** What each request is answered with. */
export interface PopupReplies {
  readonly 'popup-view': PopupView;
  readonly 'popup-action': PopupActionReply;
  /** `null`: no notebook in that tab. */
  readonly 'health-report': HealthReport | null;
  /** `null`: that notebook is not known any more. */
  readonly 'restore-place': RestorePlace | null;
  readonly 'history-fresh': HistoryFresh;
}
