/** The tables of the embedded gazetteer and rounds system. */

export interface PostcodesTable {
  postcode: string;
  lat: number;
  lon: number;
  ward: string;
  /** Null: the council's own. Else the authority it belongs to. */
  authority: string | null;
}

export interface StreetsTable {
  id: string;
  name: string;
  locality: string;
  lat: number;
  lon: number;
  owner: 'council' | 'tfl' | 'private' | 'park';
  body: string | null;
}

export interface LandmarksTable {
  id: string;
  name: string;
  lat: number;
  lon: number;
}

export interface AddressesTable {
  uprn: string;
  line: string;
  number: string;
  flat: string | null;
  street_id: string;
  street: string;
  postcode: string;
  ward: string;
  lat: number;
  lon: number;
  kind: 'house' | 'flat' | 'above-shop' | 'commercial';
  shared_store: string | null;
  zone: string | null;
}

/** Which round serves an address, by stream. */
export interface AddressRoundsTable {
  uprn: string;
  stream: string;
  round: string;
}

/** The days of a round. `finished_at` may lie ahead (the demo's crew logs are written in advance): readers ask "as of". */
export interface CollectionDaysTable {
  round: string;
  date: string;
  moved_from: string | null;
  finished_at: number | null;
}

/** What a crew recorded at an address on a collection day; `at` as above. */
export interface CrewExceptionsTable {
  uprn: string;
  stream: string;
  date: string;
  code: string;
  at: number;
}

/** A published answer to a request for information. */
export interface DisclosuresTable {
  reference: string;
  title: string;
  summary: string;
  published: string;
  link: string;
}

export interface ImportsTable {
  kind: string;
  at: number;
  rows: number;
  source: string;
}

/** A controlled parking zone. `hours` and `visitors` are JSON as in the port; `geometry` is GeoJSON, the rest its box. */
export interface ZonesTable {
  id: string;
  name: string;
  hours: string;
  on_bank_holidays: number;
  visitors: string | null;
  geometry: string;
  south: number;
  west: number;
  north: number;
  east: number;
}

export interface YellowLinesTable {
  street: string;
  locality: string | null;
  kind: 'single' | 'double';
  hours: string;
  on_bank_holidays: number;
  no_loading: number;
}

export interface SuspensionsTable {
  street: string;
  locality: string | null;
  first_day: string;
  last_day: string;
  reason: string | null;
}
