import { addDays, addMonths, addWorkingDays, nextWorkingDay, type WorkingDays } from './calendar';
import type { IsoDate } from './ports';

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
const LONDON_ACT = 'London Local Authorities and Transport for London Act 2003, s. 4';
const PARKING =
  'Civil Enforcement of Road Traffic Contraventions (Approved Devices, Charging Guidelines and General Provisions) (England) Regulations 2022';

/**
 * Every legal or published deadline that is told to anybody. Where two readings of a rule differ, the count here gives the earlier day.
 */
const CLOCKS = {
  /** From the day of receipt, which is not counted, weekend or not. */
  foiAnswer: { count: { workingDays: 20, calendar: 'foi' }, source: 'Freedom of Information Act 2000, s. 10' },
  eirAnswer: {
    count: { workingDays: 20, calendar: 'foi' },
    source: 'Environmental Information Regulations 2004, reg. 5(2)',
  },
  eirAnswerAtMost: {
    count: { workingDays: 40, calendar: 'foi' },
    source: 'Environmental Information Regulations 2004, reg. 7(1)',
  },
  sarAnswer: { count: { months: 1, thenWorkingDay: 'general' }, source: 'UK GDPR, art. 12(3)' },
  complaintAcknowledged: { count: { workingDays: 5, calendar: 'general' }, source: CODE },
  /** From the acknowledgement. */
  complaintStage1: { count: { workingDays: 10, calendar: 'general' }, source: CODE },
  complaintStage1Extra: { count: { workingDays: 10, calendar: 'general' }, source: CODE },
  complaintStage2: { count: { workingDays: 20, calendar: 'general' }, source: CODE },
  pcnVehicleDiscount: { count: { dayOf: 14 }, source: PARKING },
  pcnCameraDiscount: { count: { dayOf: 21 }, source: PARKING },
  pcnTrafficDiscount: { count: { dayOf: 14 }, source: LONDON_ACT },
  pcnFull: { count: { dayOf: 28 }, source: `${PARKING}; ${LONDON_ACT}` },
} as const satisfies Readonly<Record<string, LegalClock>>;

export type ClockName = keyof typeof CLOCKS;

/** The last day of a deadline that starts on `from`. */
export function dueDate(clock: ClockName, from: IsoDate): IsoDate {
  const count: Count = CLOCKS[clock].count;
  if ('workingDays' in count) return addWorkingDays(from, count.workingDays, count.calendar);
  if ('dayOf' in count) return addDays(from, count.dayOf - 1);
  return nextWorkingDay(addMonths(from, count.months), count.thenWorkingDay);
}

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
