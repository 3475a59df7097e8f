import type { IsoDate, Position } from './values';

/** A stretch of the day on one weekday: 0 Sunday … 6 Saturday, `08:30`–`18:30`. */
export interface ControlledHours {
  readonly day: number;
  readonly from: string;
  readonly to: string;
}

/** A controlled parking zone, as the council publishes it. */
export interface Zone {
  /** `W1` */
  readonly id: string;
  /** "Sample Road area" */
  readonly name: string;
  /** When it is controlled, Monday first and by time within a day; a day that is missing is free. */
  readonly hours: readonly ControlledHours[];
  /** Whether it is controlled on bank holidays too. */
  readonly onBankHolidays: boolean;
  /** What visitors may do in it: pay by the hour up to `maxStayMinutes`, or nothing (permits only). */
  readonly visitors?: { readonly pencePerHour: number; readonly maxStayMinutes?: number };
}

/** A street by name; `locality` tells two of one name apart, where it is known. */
export interface NamedStreet {
  readonly name: string;
  readonly locality?: string;
}

/** Bays taken out of use, for a removal or works. */
export interface Suspension {
  readonly street: string;
  readonly from: IsoDate;
  readonly until: IsoDate;
  readonly reason?: string;
}

/** A yellow line along a street. A double one holds at any time and has no hours. */
export interface YellowLine {
  readonly street: string;
  readonly kind: 'single' | 'double';
  readonly hours: readonly ControlledHours[];
  readonly onBankHolidays: boolean;
  /** Loading is banned there too: a Blue Badge does not help. */
  readonly noLoading: boolean;
}

/** Where parking is controlled, and when. */
export interface Zones {
  /** The zone around a position; undefined outside all zones. */
  at(position: Position): Promise<Zone | undefined>;
  zone(id: string): Promise<Zone | undefined>;
  /** Suspensions on a street that touch a day. */
  suspensions(street: NamedStreet, day: IsoDate): Promise<readonly Suspension[]>;
  /** The yellow lines along a street that the council has given; none given says nothing about the street. */
  yellowLines(street: NamedStreet): Promise<readonly YellowLine[]>;
  /** Whether zones have been imported at all: "no zone" means nothing before that. */
  isKnown(): Promise<boolean>;
}
