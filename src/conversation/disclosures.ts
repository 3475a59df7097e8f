import type { IsoDate } from './values';

/** An answer to an earlier request for information, as published in the council's disclosure log. */
export interface Disclosure {
  readonly reference: string;
  readonly title: string;
  /** The first lines of what was asked. */
  readonly summary: string;
  readonly published: IsoDate;
  readonly link: string;
}

/** The published answers. */
export interface Disclosures {
  /** The best matches for some words, best first, at most `limit`; empty where nothing fits well enough. */
  search(words: string, limit: number): Promise<readonly Disclosure[]>;
}
