import type { HealthReport } from '../protocol/health-report.ts';
import type { MessageKey } from '../protocol/messages-key.ts';
import { FILES_TROUBLE } from '../popup/files-trouble.ts';
import type { Translate } from '../popup/translate.ts';
import { otherRoute, routeWords } from './route-words.ts';

/** One line of the report: a power, the way in use, and what else there would be. */
export interface ReportRow {
  readonly name: string;
  readonly route: string | null;
  readonly others: readonly string[];
  /** It is needed and no way works. */
  readonly missing: boolean;
}

const POWER: Readonly<Record<string, MessageKey>> = {
  'read cells': 'power_read_cells',
  insert: 'power_insert',
  run: 'power_run',
  undo: 'power_undo',
  outputs: 'power_outputs',
  connection: 'power_connection',
  upload: 'power_upload',
};

export const reportRows = (t: Translate, report: HealthReport): readonly ReportRow[] => [
  // What the page offers for files is one thing, what answered another: `filesRow` tells both.
  ...report.powers
    .filter(({ power }) => power !== 'files')
    .map(({ power, route, tried }) => {
      const key = POWER[power];
      return {
        name: key === undefined ? power : t(key),
        route: route === null ? null : routeWords(t, route),
        missing: route === null,
        others: tried.map((other) => otherRoute(t, other)),
      };
    }),
  kernelRow(t, report),
  filesRow(t, report),
];

const kernelRow = (t: Translate, { kernelTap, platform }: HealthReport): ReportRow => {
  const route = kernelTap === 'reading' ? 'kernel socket' : platform === null ? null : 'application';
  return {
    name: t('power_kernel_messages'),
    route: route === null ? null : routeWords(t, route),
    missing: route === null,
    others: [],
  };
};

/** Files are asked for when a run begins, not earlier. */
const filesRow = (t: Translate, { files, filesRoute, powers }: HealthReport): ReportRow => {
  const works = files === 'working';
  const offered = powers.find(({ power }) => power === 'files');
  return {
    name: t('power_files'),
    route: works ? routeWords(t, filesRoute ?? 'server') : null,
    missing: !works && files !== 'not-tried',
    others: [
      ...(works || files === 'not-tried' ? [] : [t(FILES_TROUBLE[files])]),
      ...(offered?.tried.map((other) => otherRoute(t, other)) ?? []),
    ],
  };
};

/** The report as plain text, in English whatever the language: it is read by whoever repairs. */
export const reportText = (report: HealthReport, userAgent: string): string =>
  [
    `Holdfast ${report.extensionVersion}`,
    userAgent,
    `site: ${report.site}`,
    `platform: ${report.platform ?? 'none'}`,
    `application: ${report.application}`,
    `kernel socket: ${report.kernelTap}`,
    `connection: ${report.connection}`,
    `files: ${report.files}${report.filesRoute === null ? '' : ` by ${report.filesRoute}`}`,
    ...report.powers.map(
      ({ power, route, tried }) =>
        `${power}: ${[route ?? 'none', ...tried.map((other) => `not ${other.route} (${other.why})`)].join(', ')}`,
    ),
  ].join('\n');
