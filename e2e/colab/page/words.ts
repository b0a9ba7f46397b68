import type { Boot } from '../wire.ts';

/** What a user reads. Translated, because the real page is: nothing may be found by these words. */
export interface Words {
  readonly connect: string;
  readonly allocating: string;
  readonly reconnecting: string;
  readonly ram: string;
  readonly disconnected: string;
  readonly inactivity: string;
  readonly reconnect: string;
  readonly close: string;
  readonly limit: string;
  readonly limitText: string;
  readonly crashed: string;
  readonly robot: string;
  readonly addCode: string;
  readonly addText: string;
  readonly runtime: string;
}

export const words: Readonly<Record<Boot['language'], Words>> = {
  en: {
    connect: 'Connect',
    allocating: 'Allocating',
    reconnecting: 'Reconnecting',
    ram: 'RAM',
    disconnected: 'Runtime disconnected',
    inactivity: 'Your runtime has been disconnected because nobody used it.',
    reconnect: 'Reconnect',
    close: 'Close',
    limit: 'No machine to be had',
    limitText: 'You have used what there is for you today.',
    crashed: 'Your session crashed.',
    robot: 'I am not a robot',
    addCode: 'Code',
    addText: 'Text',
    runtime: 'Runtime',
  },
  ja: {
    connect: '接続',
    allocating: '割り当て中',
    reconnecting: '再接続中',
    ram: 'RAM',
    disconnected: 'ランタイムの切断',
    inactivity: '操作がなかったため、ランタイムが切断されました。',
    reconnect: '再接続',
    close: '閉じる',
    limit: 'マシンを利用できません',
    limitText: '本日の利用上限に達しました。',
    crashed: 'セッションがクラッシュしました。',
    robot: '私はロボットではありません',
    addCode: 'コード',
    addText: 'テキスト',
    runtime: 'ランタイム',
  },
  'pt-BR': {
    connect: 'Conectar',
    allocating: 'Alocando',
    reconnecting: 'Reconectando',
    ram: 'RAM',
    disconnected: 'Ambiente de execução desconectado',
    inactivity: 'O ambiente foi desconectado por falta de uso.',
    reconnect: 'Reconectar',
    close: 'Fechar',
    limit: 'Nenhuma máquina disponível',
    limitText: 'Você já usou o que havia para hoje.',
    crashed: 'Sua sessão falhou.',
    robot: 'Não sou um robô',
    addCode: 'Código',
    addText: 'Texto',
    runtime: 'Ambiente de execução',
  },
};
