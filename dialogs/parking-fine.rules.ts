import { addDays, localDate } from '../src/conversation/calendar';
import { type PcnService, pcnDates } from '../src/conversation/clocks';
import type { IsoDate, Params } from '../src/conversation/ports';
import type { RuleContext } from '../src/conversation/service';

type Context = Pick<RuleContext, 'now' | 'settings'>;
export type Letter = 'pcn' | 'owner' | 'certificate' | 'order' | 'agents';
export type Want = 'dates' | 'challenge' | 'pay';

/** Two letters, seven digits, and a digit or A: the London form of a penalty charge notice number. */
export const PCN = /^[A-Z]{2}\d{7}[0-9A]$/;

/** The last days of each price and where today stands between them. */
export function clockOf(how: PcnService | undefined, served: IsoDate | undefined, { now }: Context): Params {
  if (!how || !served) return { discountUntil: 'none', fullUntil: 'none', stage: 'unknown' };
  const today = localDate(now);
  const { discount, full } = pcnDates(how, served);
  const stage = today <= discount ? 'half' : today <= full ? 'full' : 'over';
  return { discountUntil: { date: discount }, fullUntil: { date: full }, stage };
}

/** The keeper has 28 days from the day a notice to owner is served; that day is day 1. */
export function representationsUntil(served: IsoDate | undefined): Params {
  return { replyUntil: served ? { date: addDays(served, 27) } : 'none' };
}

/** Links and prices; `none` where the setting has expired. */
export function pages({ settings }: Context): Params {
  const { links, prices } = settings;
  return {
    pageLink: links['parking-fine'] ?? settings.council.website,
    payLink: links['pcn-pay'] ?? settings.council.website,
    challengeLink: links['pcn-challenge'] ?? settings.council.website,
    evidenceLink: links['pcn-evidence'] ?? settings.council.website,
    tribunalLink: links.tribunal ?? 'none',
    courtLink: links['traffic-enforcement'] ?? 'none',
    debtLink: links['debt-advice'] ?? 'none',
    higher: prices.pcnHigher ?? 'none',
    lower: prices.pcnLower ?? 'none',
    higherHalf: prices.pcnHigher === undefined ? 'none' : prices.pcnHigher / 2,
    lowerHalf: prices.pcnLower === undefined ? 'none' : prices.pcnLower / 2,
  };
}

/** Which advice fits the letter the resident has and what they want. */
export function endingOf(letter: Letter, want: Want | undefined) {
  return letter === 'pcn' ? (want ?? 'dates') : letter;
}
