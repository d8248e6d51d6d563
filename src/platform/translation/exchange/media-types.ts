/** Media types of exchange files. Both forms of XLIFF have one: which it is, the file says. */
export const XLIFF_TYPE = 'application/xliff+xml';
export const CSV_TYPE = 'text/csv';
export const TMX_TYPE = 'application/x-tmx+xml';

/** What an import takes: programs know XLIFF and TMX as plain XML as well. */
export const IMPORTED_TYPES = [XLIFF_TYPE, TMX_TYPE, CSV_TYPE, 'application/xml', 'text/xml'] as const;
