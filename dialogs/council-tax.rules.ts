import type { Params } from '../src/conversation/ports';
import type { Settings } from '../src/conversation/settings';

export const MATTERS = [
  'pay',
  'bill',
  'band',
  'discount',
  'moving',
  'arrears',
  'refund',
  'exemption',
  'death',
] as const;
export type Matter = (typeof MATTERS)[number];
export type Discount = 'single' | 'student' | 'disability' | 'income' | 'carer';
export type Stage = 'behind' | 'reminder' | 'summons' | 'agents';

/**
 * What nobody may write here: an account, sort code or card number (the last four digits of a masked one too), an IBAN. Dates and sums
 * of money stay.
 */
export const ACCOUNT_DATA =
  /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b|\*[* -]{0,40}\d{4}\b|(?<![\w/.-])(?!\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(?!\d))\d(?:[ -]?\d){6,}(?![\d/])/g;

/** Discounts and arrears end by their detail, everything else by itself. */
export function endingOf(
  matter: Matter,
  discount: Discount | undefined,
  stage: Stage | undefined,
): Exclude<Matter, 'discount' | 'arrears'> | Discount | Stage {
  if (matter === 'discount') return discount ?? 'single';
  return matter === 'arrears' ? (stage ?? 'behind') : matter;
}

export const needsPerson = (matter: Matter): boolean => matter === 'arrears' || matter === 'death';

/** `services.council-tax` on the day; a value out of its dates is undefined. */
export interface Pages {
  readonly payPage: string | undefined;
  readonly billPage: string | undefined;
  readonly bandPage: string | undefined;
  readonly discountPage: string | undefined;
  readonly supportPage: string | undefined;
  readonly movingPage: string | undefined;
  readonly arrearsPage: string | undefined;
  readonly refundPage: string | undefined;
  readonly exemptionPage: string | undefined;
  readonly deathPage: string | undefined;
  readonly debtAdvicePhone: string | undefined;
  readonly singlePersonPercent: number | undefined;
}

/** The page of a matter (out of date: the council tax page, then the council's own), debt advice, and the single person's part. */
export function pages(
  matter: Matter | undefined,
  discount: Discount | undefined,
  own: Pages,
  { links, council }: Pick<Settings, 'links' | 'council'>,
): Params {
  const page = matter && (discount === 'income' ? own.supportPage : own[`${matter}Page`]);
  return {
    page: page ?? links['council-tax'] ?? council.website,
    billPage: own.billPage ?? links['council-tax'] ?? council.website,
    advice: links['debt-advice'] ?? 'none',
    advicePhone: own.debtAdvicePhone ?? 'none',
    phone: council.phone ?? 'none',
    percent: own.singlePersonPercent ?? 'none',
  };
}
