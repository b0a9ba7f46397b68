import type { Defect, Integrity } from '../../core/checkpoint/checkpoint.ts';
import type { Translate } from '../translate.ts';
import { shortName } from '../../core/plain-text.ts';

/** Why a checkpoint is not called whole: one sentence for each kind of defect. */
export const defectSentence = (t: Translate, defect: Defect): string => {
  const file = shortName(defect.file);
  switch (defect.kind) {
    case 'file-missing':
      return t('defect_file_missing', [file]);
    case 'file-empty':
      return t('defect_file_empty', [file]);
    case 'file-cut-short':
      return t('defect_file_cut_short', [file]);
    case 'not-json':
      return t('defect_not_json', [file]);
    case 'wrong-step':
      return t('defect_wrong_step', [file, String(defect.step)]);
    case 'marked-incomplete':
      return t('defect_marked_incomplete', [file]);
    case 'not-announced':
      return t('defect_not_announced', [file]);
    case 'unreadable':
      return t('defect_unreadable', [file]);
    default:
      return defect satisfies never;
  }
};

/** A checkpoint's integrity in one or two words. */
export const integrityWord = (t: Translate, integrity: Integrity): string => {
  switch (integrity.kind) {
    case 'complete':
      return t(integrity.resumes === 'weights-only' ? 'checkpoint_weights_only' : 'checkpoint_whole');
    case 'unchecked':
      return t('checkpoint_unchecked');
    case 'writing':
      return t('checkpoint_writing');
    case 'broken':
      return t('checkpoint_broken');
    case 'unproven':
      return t('checkpoint_unproven');
    default:
      return integrity satisfies never;
  }
};

/** The reasons behind that word; empty for whole checkpoints. */
export const integrityReasons = (t: Translate, integrity: Integrity): readonly string[] => {
  switch (integrity.kind) {
    case 'complete':
      return [];
    case 'unchecked':
      return [t('checkpoint_why_unchecked')];
    case 'writing':
      return [t('checkpoint_why_writing')];
    case 'broken':
      return integrity.defects.map((defect) => defectSentence(t, defect));
    case 'unproven':
      return integrity.files.map((file) => t('checkpoint_why_unproven', [shortName(file)]));
    default:
      return integrity satisfies never;
  }
};
