/** The plain values that everything else is made of. */

/** BCP 47 tag of a language the council speaks: `en`, `pl`, `ur-Latn`. */
export type Language = string;
/** A calendar day in Europe/London, `YYYY-MM-DD`. */
export type IsoDate = string;
/** Milliseconds since 1970-01-01T00:00Z. */
export type EpochMs = number;
/** WGS 84, degrees. */
export interface Position {
  readonly lat: number;
  readonly lon: number;
}
/** Anything that survives `JSON.stringify` and back unchanged. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
