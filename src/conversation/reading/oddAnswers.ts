import type { Given } from './reading';

/** What people write where a place is asked, and is none. */

/** Nothing but a number plate: "AB12 CDE". */
export function onlyPlate({ understanding: { text, entities } }: Given): boolean {
  return entities.some(({ kind, start, end }) => kind === 'plate' && end - start >= text.length - 2);
}

/** Half a postcode, "SW19": several councils share most of them. */
export function halfPostcode(words: string): string | undefined {
  const half = /(?:^|\s|,)([a-z]{1,2}\d{1,2}[a-z]?)[\s.!]*$/i.exec(words)?.[1];
  return half !== undefined && words.length <= LONGEST_HALF ? half.toUpperCase() : undefined;
}

/** A house number may stand before it. */
const LONGEST_HALF = 12;
const LONGEST_NAME = 60;

/** Could be a name: letters of the alphabet the gazetteer is written in, no markup, no story. */
export function isName(words: string): boolean {
  return (
    words.length <= LONGEST_NAME && /[a-z0-9]/i.test(words) && /^[\p{Script=Latin}\p{N}\s'’.,/&()#-]+$/u.test(words)
  );
}
