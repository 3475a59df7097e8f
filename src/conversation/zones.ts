import type { IsoDate, Position } from './values';

/** A controlled parking zone, as the council publishes it. */
export interface Zone {
  /** `W1` */
  readonly id: string;
  /** "Sample Road area" */
  readonly name: string;
  /** When it is controlled, by weekday (0 Sunday … 6 Saturday); a day that is missing is free. */
  readonly hours: readonly { readonly day: number; readonly from: string; readonly to: string }[];
  /** Whether it is controlled on bank holidays too. */
  readonly onBankHolidays: boolean;
  /** What visitors may do in it: pay by the hour up to `maxStayMinutes`, or nothing (permits only). */
  readonly visitors?: { readonly pencePerHour: number; readonly maxStayMinutes?: number };
}

/** Bays taken out of use, for a removal or works. */
export interface Suspension {
  readonly street: string;
  readonly from: IsoDate;
  readonly until: IsoDate;
  readonly reason?: string;
}

/** Where parking is controlled, and when. */
export interface Zones {
  /** The zone around a position; undefined outside all zones. */
  at(position: Position): Promise<Zone | undefined>;
  zone(id: string): Promise<Zone | undefined>;
  /** Suspensions on a street that touch a day. */
  suspensions(street: string, day: IsoDate): Promise<readonly Suspension[]>;
  /** Whether zones have been imported at all: "no zone" means nothing before that. */
  isKnown(): Promise<boolean>;
}
