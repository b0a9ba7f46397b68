import { readPlace } from '../free-words/place.ts';
import type { Announcement } from '../log-format.ts';

/**
 * Saves, loads and ends in hand-written loops of Chinese authors: `模型已保存`, `模型已保存到 {path}`, `保存模型到: {path}`,
 * `保存最佳模型`, `最优模型已保存至{path}`, `检查点已保存: {path}`, `加载检查点: {path}`, `从 epoch 5 继续训练`, `训练完成`, `早停`.
 * Not saves: pictures, results and logs (`结果已保存`), what will be saved (`将保存`).
 */
export function readChinese(message: string): readonly Announcement[] {
  return saved(message) ?? loaded(message) ?? resumed(message) ?? ended(message) ?? [];
}

const THING = '(?:模型|权重|检查点|断点|checkpoint|model|参数|网络)(?:权重|参数|文件|检查点)?';
const BEST = '(?:新的?)?(?:最佳|最好|最优|更好|最高|best)(?:的)?';
const NOTHING_OR_WHEN = '(?:第?\\s?\\d{1,7}\\s?(?:轮|个?epoch|步)(?:的)?\\s?)?';
const THING_FIRST = new RegExp(
  `(${BEST})?\\s?${NOTHING_OR_WHEN}${THING}\\s?(?:已经?|成功)?(?:成功)?(?:保存|存储)(?:成功|完成|完毕|好)?(?:到|至|在|于|为)?`,
  'i',
);
const VERB_FIRST = new RegExp(
  `(?:正在|已经?|成功)?保存(?:了|当前)?(${BEST})?\\s?${NOTHING_OR_WHEN}${THING}(?:成功|完成)?(?:到|至|在|于|为)?`,
  'i',
);
const OTHER = /将(?:会)?(?:被)?保存|不保存|未保存|保存(?:间隔|频率|路径|目录)|每.{0,12}保存|是否保存/;
const IMPROVED = /(?:新的?|发现|达到|更新)(?:最佳|最好|最优|最高)|提升|下降/;

function saved(message: string): readonly Announcement[] | null {
  const match = THING_FIRST.exec(message) ?? VERB_FIRST.exec(message);
  if (match === null || OTHER.test(message)) return null;
  const rest = message.slice(match.index + match[0].length).trimStart();
  const path = pathIn(rest);
  if (path === null && /^[\p{L}\p{N}]/u.test(rest)) return null;
  const event = { path };
  const isBest = match[1] !== undefined || IMPROVED.test(message.slice(0, match.index));
  return isBest
    ? [
        { kind: 'best', ...event },
        { kind: 'saved', ...event },
      ]
    : [{ kind: 'saved', ...event }];
}

function pathIn(text: string): string | null {
  const behind = text.replace(/^[\s:：,，。!！-]{1,4}/, '');
  return readPlace(behind.replace(/[。！，]{1,4}$/, ''))?.path ?? null;
}

const LOADED =
  /^[^\p{L}]{0,8}(?:成功|已经?|正在|从)?(?:加载|载入|恢复)(?:了|模型|权重|断点|检查点|checkpoint|最佳|预训练|成功|文件){1,4}/iu;

function loaded(message: string): readonly Announcement[] | null {
  const match = LOADED.exec(message);
  if (match === null || match[0].includes('预训练')) return null;
  const path = pathIn(message.slice(match[0].length));
  return path === null ? null : [{ kind: 'loaded', path }];
}

const RESUMED =
  /从\s?(?:第\s?(\d{1,7})\s?(?:轮|个?epoch)|epoch\s?(\d{1,7}))\s?(?:开始)?\s?(?:继续|恢复)(?:训练)?/i;

function resumed(message: string): readonly Announcement[] | null {
  const match = RESUMED.exec(message);
  return match === null ? null : [{ kind: 'resumed', epoch: Number(match[1] ?? match[2]) }];
}

const ENDED =
  /^[^\p{L}]{0,8}(?:(?:模型)?训练(?:已经?)?(?:完成|结束|完毕)|(?:触发)?早停(?:机制|策略)?(?:触发|了|!|！|$))/u;

const ended = (message: string): readonly Announcement[] | null =>
  ENDED.test(message) ? [{ kind: 'train_end' }] : null;
