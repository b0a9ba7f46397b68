import type { PopupAction } from '../../protocol/popup-transport.ts';

/** A button: what it says, what it will do in small print, and what it asks for. */
export interface ActionButton {
  readonly label: string;
  readonly small: string | null;
  readonly action: PopupAction;
  /** Of a main button: where there is no hurry. */
  readonly look?: 'quiet';
  /** What it asks for is under way already: it keeps its place and does nothing. */
  readonly resting?: true;
}

/** A small button of a row. */
export interface RowButton {
  readonly label: string;
  /** For screen readers, where rows are many; begins with the words of the label. */
  readonly spokenLabel: string;
  readonly action: PopupAction;
}
