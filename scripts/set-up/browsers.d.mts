/** A Chromium that loads an unpacked extension from its command line, or undefined. */
export declare const findChromium: () => string | undefined;
/** A Firefox, or undefined. */
export declare const findFirefox: () => string | undefined;
export declare const chromiumBrowser: () => Promise<void>;
export declare const firefoxBrowser: () => Promise<void>;
