import { addDays, localDate, localTime, momentOf } from './calendar';
import type { EpochMs } from './ports';

const FROM = '21:00';
const UNTIL = '08:00';

export const isQuiet = (at: EpochMs): boolean => localTime(at) >= FROM || localTime(at) < UNTIL;

/** The moment itself, or the end of the quiet hours it falls in: no text is sent unasked between 21:00 and 8:00. */
export function afterQuiet(at: EpochMs): EpochMs {
  if (!isQuiet(at)) return at;
  const day = localDate(at);
  return momentOf(localTime(at) >= FROM ? addDays(day, 1) : day, UNTIL);
}
