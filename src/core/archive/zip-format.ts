/**
 * Numbers of the zip format. Section numbers, here and in the neighbouring files, are those of PKWARE's APPNOTE.TXT
 * 6.3.10: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */

/** 4.3.7 */
export const LOCAL_HEADER = 0x04034b50;
/** 4.3.9.3 */
export const DESCRIPTOR = 0x08074b50;
/** 4.3.12 */
export const CENTRAL_HEADER = 0x02014b50;
/** 4.3.14 */
export const ZIP64_END = 0x06064b50;
/** 4.3.15 */
export const ZIP64_LOCATOR = 0x07064b50;
/** 4.3.16 */
export const END = 0x06054b50;

/** Sizes of the records above without what has a length of its own: name, extra fields, comment. */
export const LOCAL_HEADER_BYTES = 30;
export const CENTRAL_HEADER_BYTES = 46;
export const ZIP64_END_BYTES = 56;
export const ZIP64_LOCATOR_BYTES = 20;
export const END_BYTES = 22;

/** A field that is full says: the value stands in the zip64 field or record (4.4.1.4). So these values can't stand here. */
export const FULL_16 = 0xffff;
export const FULL_32 = 0xffffffff;

/** 4.4.4: general purpose bit flag. */
export const ENCRYPTED = 1 << 0;
export const DESCRIBED = 1 << 3;
export const UTF8_NAME = 1 << 11;

/** 4.4.5: compression method. */
export const METHOD_STORE = 0;
export const METHOD_DEFLATE = 8;

/** 4.4.2.2: the system whose file attributes an entry has. */
export const MADE_ON_DOS = 0;
export const MADE_ON_UNIX = 3;

/** 4.5.3 */
export const EXTRA_ZIP64 = 0x0001;
/** 4.6.1 names it; Info-ZIP's `proginfo/extrafld.txt` describes it. */
export const EXTRA_EXTENDED_TIMESTAMP = 0x5455;
