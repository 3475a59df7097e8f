import { daysBetween, localDate } from '../src/conversation/calendar';
import { type ClockName, dueDate, type PcnService, pcnDates } from '../src/conversation/clocks';
import type { IsoDate, Params } from '../src/conversation/ports';
import type { RuleContext } from '../src/conversation/service';
import { priceTold } from '../src/conversation/settingValues';

type Context = Pick<RuleContext, 'now' | 'settings'>;

/**
 * The letters in the order they come: the notice, the refusal of an informal challenge, the notice to owner, the rejection of formal
 * representations, the charge certificate, the court's order, the enforcement agents.
 */
export const LETTERS = ['pcn', 'refused', 'owner', 'rejection', 'certificate', 'order', 'agents'] as const;
export type Letter = (typeof LETTERS)[number];
export type Want = 'dates' | 'challenge' | 'pay';

/** Two letters, seven digits, and a digit or A: the London form of a penalty charge notice number. */
export const PCN = /^[A-Z]{2}\d{7}[0-9A]$/;

/** The last days of each price, the days they are counted to, and where today stands between them. */
export function clockOf(how: PcnService | undefined, served: IsoDate | undefined, { now }: Context): Params {
  if (!how || !served) return { discountUntil: 'none', fullUntil: 'none', discountDay: 'none', stage: 'unknown' };
  const today = localDate(now);
  const { discount, full } = pcnDates(how, served);
  const stage = today <= discount ? 'half' : today <= full ? 'full' : 'over';
  const discountDay = daysBetween(served, discount) + 1;
  return { discountUntil: { date: discount }, fullUntil: { date: full }, discountDay, stage };
}

const REPLY: Readonly<Record<Letter, ClockName | undefined>> = {
  pcn: undefined,
  refused: 'pcnDiscountAgain',
  owner: 'pcnRepresentations',
  rejection: 'pcnAppeal',
  certificate: 'pcnCertificate',
  order: 'pcnOrder',
  agents: undefined,
};

/** The last day to answer a later letter; the day it is served is day 1. */
export function replyClock(letter: Letter, served: IsoDate | undefined, { now }: Context): Params {
  const clock = REPLY[letter];
  if (!clock) return { replyUntil: 'none', replyDays: 'none', late: 'no' };
  const from = served ?? localDate(now);
  const until = dueDate(clock, from);
  return {
    replyUntil: served ? { date: until } : 'none',
    replyDays: daysBetween(from, until) + 1,
    late: until < localDate(now) ? 'yes' : 'no',
  };
}

const half = (price: number | undefined): string => priceTold(price && price / 2);
const andHalf = (price: number | undefined): string => priceTold(price && price * 1.5);

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
    higher: priceTold(prices.pcnHigher),
    lower: priceTold(prices.pcnLower),
    higherHalf: half(prices.pcnHigher),
    lowerHalf: half(prices.pcnLower),
    higherMore: andHalf(prices.pcnHigher),
    lowerMore: andHalf(prices.pcnLower),
  };
}

export const ENDINGS = ['dates', 'challenge', 'pay', ...LETTERS.slice(1)] as readonly (Want | Exclude<Letter, 'pcn'>)[];

/** Which advice fits the letter the resident has and what they want. */
export const endingOf = (letter: Letter, want: Want | undefined) => (letter === 'pcn' ? (want ?? 'dates') : letter);
