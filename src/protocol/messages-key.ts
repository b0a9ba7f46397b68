import type messages from '../../public/_locales/en/messages.json';

/** Every sentence a person can read, by its key in `public/_locales/en/messages.json`. */
export type MessageKey = keyof typeof messages;
