import {
  addDays,
  addMonths,
  addWorkingDays,
  bankHolidaysBetween,
  type Holiday,
  nextWorkingDay,
  type WorkingDays,
} from './calendar';
import type { IsoDate, Param, Params } from './ports';

/** One step of counting. `days` are calendar days after the start; `dayOf` counts the start itself as day 1. */
type Count =
  | { readonly workingDays: number; readonly calendar: WorkingDays }
  | { readonly dayOf: number }
  | { readonly months: number; readonly thenWorkingDay: WorkingDays };

/** A deadline as data: what is counted, and which rule says so. */
interface LegalClock {
  readonly count: Count;
  readonly source: string;
}

const CODE = 'Local Government and Social Care Ombudsman, Complaint Handling Code (2024)';
const FOI_CODE = 'Freedom of Information Code of Practice (2018), part 5';
const LONDON_ACT = 'London Local Authorities and Transport for London Act 2003, s. 4';
const PARKING =
  'Civil Enforcement of Road Traffic Contraventions (Approved Devices, Charging Guidelines and General Provisions) (England) Regulations 2022';

const APPEALS =
  'Civil Enforcement of Road Traffic Contraventions (Representations and Appeals) (England) Regulations 2022';
const STATUTORY_GUIDANCE =
  'Department for Transport, Civil enforcement of parking contraventions: statutory guidance for local authorities in England (2022)';

/**
 * Every legal or published deadline that is told to anybody. Where two readings of a rule differ, the count here gives the earlier day.
 */
const CLOCKS = {
  /** From the day of receipt, which is not counted, weekend or not; from the day of the clarification, if one was asked for. */
  foiAnswer: {
    count: { workingDays: 20, calendar: 'foi' },
    source: 'Freedom of Information Act 2000, s. 10(1), (6); s. 1(3)',
  },
  /** From the day of the answer. */
  foiReviewAsked: { count: { workingDays: 40, calendar: 'foi' }, source: FOI_CODE },
  foiReview: { count: { workingDays: 20, calendar: 'foi' }, source: FOI_CODE },
  foiReviewAtMost: { count: { workingDays: 40, calendar: 'foi' }, source: FOI_CODE },
  eirAnswer: {
    count: { workingDays: 20, calendar: 'foi' },
    source: 'Environmental Information Regulations 2004, reg. 5(2)',
  },
  eirAnswerAtMost: {
    count: { workingDays: 40, calendar: 'foi' },
    source: 'Environmental Information Regulations 2004, reg. 7(1)',
  },
  sarAnswerAtMost: { count: { months: 3, thenWorkingDay: 'general' }, source: 'UK GDPR, art. 12(3)' },
  sarAnswer: { count: { months: 1, thenWorkingDay: 'general' }, source: 'UK GDPR, art. 12(3)' },
  complaintAcknowledged: { count: { workingDays: 5, calendar: 'general' }, source: CODE },
  /** From the acknowledgement. */
  complaintStage1: { count: { workingDays: 10, calendar: 'general' }, source: CODE },
  complaintStage1Extra: { count: { workingDays: 10, calendar: 'general' }, source: CODE },
  complaintStage2Extra: { count: { workingDays: 20, calendar: 'general' }, source: CODE },
  complaintStage2: { count: { workingDays: 20, calendar: 'general' }, source: CODE },
  pcnVehicleDiscount: { count: { dayOf: 14 }, source: PARKING },
  pcnCameraDiscount: { count: { dayOf: 21 }, source: PARKING },
  pcnTrafficDiscount: { count: { dayOf: 14 }, source: LONDON_ACT },
  pcnFull: { count: { dayOf: 28 }, source: `${PARKING}; ${LONDON_ACT}` },
  /** A challenge that came within the discount time was refused: the discount again, from the day the refusal is served. */
  pcnDiscountAgain: { count: { dayOf: 14 }, source: STATUTORY_GUIDANCE },
  /** Formal representations of the keeper, from the day the notice to owner is served. */
  pcnRepresentations: { count: { dayOf: 28 }, source: APPEALS },
  /** Appeal to the tribunal, from the day the notice of rejection is served. */
  pcnAppeal: { count: { dayOf: 28 }, source: APPEALS },
  pcnCertificate: { count: { dayOf: 14 }, source: PARKING },
  /** Witness statement or statutory declaration, from the day the order for recovery is served. */
  pcnOrder: { count: { dayOf: 21 }, source: 'Civil Procedure Rules, Part 75' },
} as const satisfies Readonly<Record<string, LegalClock>>;

export type ClockName = keyof typeof CLOCKS;

/** The last day of a deadline that starts on `from`. */
export function dueDate(clock: ClockName, from: IsoDate): IsoDate {
  const count: Count = CLOCKS[clock].count;
  if ('workingDays' in count) return addWorkingDays(from, count.workingDays, count.calendar);
  if ('dayOf' in count) return addDays(from, count.dayOf - 1);
  return nextWorkingDay(addMonths(from, count.months), count.thenWorkingDay);
}

/**
 * A deadline as it is told: its last day (`due`), the day it counts from (`from`), how many working days that is (`days`), and which
 * weekdays did not count (`holidays`, or `none`). Months and days of a notice count every day.
 */
export function deadline(clock: ClockName, from: IsoDate): Params {
  const { count }: LegalClock = CLOCKS[clock];
  const due = dueDate(clock, from);
  const leftOut = 'workingDays' in count ? bankHolidaysBetween(from, due, count.calendar) : [];
  return {
    due: { date: due },
    from: { date: from },
    days: 'workingDays' in count ? count.workingDays : 0,
    holidays: holidaysTold(leftOut),
  };
}

/** Bank holidays by name, each once; `none` where there is none. */
export const holidaysTold = (holidays: readonly Holiday[]): Param => {
  const names = [...new Set(holidays.map(({ name }) => name))];
  return names.length > 0 ? { list: names.map((name) => ({ label: `common:holiday.${name}` })) } : 'none';
};

/** The latest days of a complaint received on a day: each stage starts at the last day of the one before. */
export function complaintDates(received: IsoDate): {
  readonly acknowledged: IsoDate;
  readonly stage1: IsoDate;
  readonly stage1AtMost: IsoDate;
} {
  const acknowledged = dueDate('complaintAcknowledged', received);
  const stage1 = dueDate('complaintStage1', acknowledged);
  return { acknowledged, stage1, stage1AtMost: dueDate('complaintStage1Extra', stage1) };
}

/** The latest days of a complaint's second stage, asked for on a day. */
export function complaintReviewDates(asked: IsoDate): {
  readonly acknowledged: IsoDate;
  readonly stage2: IsoDate;
  readonly stage2AtMost: IsoDate;
} {
  const acknowledged = dueDate('complaintAcknowledged', asked);
  const stage2 = dueDate('complaintStage2', acknowledged);
  return { acknowledged, stage2, stage2AtMost: dueDate('complaintStage2Extra', stage2) };
}

/**
 * How a penalty charge notice reached the keeper: put on the vehicle; posted because a camera saw the parking; posted because the
 * vehicle drove away; posted for a bus lane or moving traffic (there the clock starts at the date of the notice).
 */
export type PcnService = 'vehicle' | 'camera' | 'away' | 'traffic';

const DISCOUNT = {
  vehicle: 'pcnVehicleDiscount',
  camera: 'pcnCameraDiscount',
  away: 'pcnVehicleDiscount',
  traffic: 'pcnTrafficDiscount',
} as const satisfies Record<PcnService, ClockName>;

/** The last days of the half and the full price. The day of service is day 1. */
export function pcnDates(how: PcnService, served: IsoDate): { readonly discount: IsoDate; readonly full: IsoDate } {
  return { discount: dueDate(DISCOUNT[how], served), full: dueDate('pcnFull', served) };
}
