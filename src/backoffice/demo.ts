import { addDays, isBankHoliday, momentOf, weekday } from '../conversation/calendar';
import { EXCEPTIONS, type IsoDate, type Stream } from '../conversation/ports';
import type { NewRow } from '../storage/schema';
import type { CollectionRows, GazetteerRows } from './borough';
import { DEMO_LANDMARKS, DEMO_STREETS, type DemoStreet, WARDS } from './demoStreets';

/**
 * The demo borough: the same bytes for the same day. Rounds are laid around `today`, so that the crew of Sample Road was
 * there today; what crews log stands in the tables in advance and comes to light at its time (`collections.ts`).
 */
export function demoBorough(today: IsoDate): GazetteerRows & CollectionRows {
  const random = mulberry32(0x77616e64);
  const gazetteer = demoGazetteer(random);
  return { ...gazetteer, ...demoCollections(gazetteer.addresses, today) };
}

/** When the crew of Sample Road has done its round, on the day the demo was laid for. */
export const FIRST_CREW_DONE = '07:10';

/** How far the demo's collection days reach; it is laid anew before they end. */
const DEMO_WEEKS = { back: 14, ahead: 30 } as const;

const CENTRE = { lat: 51.4102, lon: -0.1871 };
const LETTERS = 'ABDEFGHJLNPQRSTUWXYZ';

function demoGazetteer(random: () => number): GazetteerRows {
  const perDistrict = new Map<number, number>();
  const rows = DEMO_STREETS.map((street, index) => {
    const nth = perDistrict.get(street.district) ?? 0;
    perDistrict.set(street.district, nth + 1);
    return streetRows(street, index, nth, random);
  });
  const streets = rows.map((row) => row.street);
  return {
    postcodes: [...rows.map((row) => row.postcode), ...NEIGHBOURS],
    streets,
    landmarks: DEMO_LANDMARKS.flatMap(({ name, street }, index) => {
      const beside = streets.find((each) => each.name === street);
      return beside ? [{ id: `L${index + 1}`, name, lat: beside.lat + 0.0002, lon: beside.lon + 0.0001 }] : [];
    }),
    addresses: rows.flatMap((row) => row.addresses),
  };
}

/** Postcodes of the invented neighbours, so that a resident is told whose theirs is. The last lies just beyond Grebe Road. */
const NEIGHBOURS: readonly NewRow<'postcodes'>[] = [
  { postcode: 'WB5 1AA', lat: 51.45, lon: -0.12 },
  { postcode: 'WB5 1AB', lat: 51.45, lon: -0.12 },
  { postcode: 'WB4 9ZZ', lat: 51.3908, lon: -0.1846 },
].map((at) => ({ ...at, ward: '', authority: 'Ravensmere Council' }));

interface StreetRows {
  readonly street: NewRow<'streets'>;
  readonly postcode: NewRow<'postcodes'>;
  readonly addresses: readonly NewRow<'addresses'>[];
}

function streetRows(street: DemoStreet, index: number, nth: number, random: () => number): StreetRows {
  const angle = ((street.district - 1) * 90 + ((nth * 37) % 90)) * (Math.PI / 180);
  const reach = 0.004 + (nth % 6) * 0.0028;
  const lat = round6(CENTRE.lat + Math.sin(angle) * reach);
  const lon = round6(CENTRE.lon + Math.cos(angle) * reach * 1.6);
  const id = `S${String(index + 1).padStart(3, '0')}`;
  const ward = WARDS[street.district];
  const postcode =
    street.name === 'Sample Road'
      ? 'WB1 2AB'
      : `WB${street.district} ${1 + (nth % 8)}${LETTERS[nth % 20]}${LETTERS[(index * 7) % 20]}`;
  const place = { id, postcode, ward, lat, lon };
  return {
    street: {
      id,
      name: street.name,
      locality: `WB${street.district}`,
      lat,
      lon,
      owner: street.owner ?? 'council',
      body: street.body ?? null,
    },
    postcode: { postcode, lat, lon, ward, authority: null },
    addresses: addressRows(street, index, place, random),
  };
}

interface DemoPlace {
  readonly id: string;
  readonly postcode: string;
  readonly ward: string;
  readonly lat: number;
  readonly lon: number;
}

/** The flats of a house that was one house once. */
const CONVERTED = ['Flat A', 'Flat B', 'Top Flat'] as const;

function addressRows(street: DemoStreet, index: number, place: DemoPlace, random: () => number): NewRow<'addresses'>[] {
  if (street.owner === 'park') return [];
  const common = {
    street_id: place.id,
    street: street.name,
    postcode: place.postcode,
    ward: place.ward,
    zone: street.zone ?? null,
  };
  const at = (n: number) => ({
    uprn: String(900_000_000 + index * 100 + n),
    lat: round6(place.lat + n * 0.00002),
    lon: round6(place.lon + n * 0.00003),
  });
  if (street.kind === 'flats') {
    return Array.from({ length: 12 }, (_, i) => ({
      ...common,
      ...at(i + 1),
      line: `Flat ${i + 1}, ${street.name}`,
      number: street.name,
      flat: `Flat ${i + 1}`,
      kind: 'flat' as const,
      shared_store: `store-${place.id}`,
    }));
  }
  if (street.kind === 'converted') {
    return Array.from({ length: 4 }, (_, house) => house + 1).flatMap((house) =>
      CONVERTED.map((flat, i) => ({
        ...common,
        ...at(house * 10 + i),
        line: `${flat}, ${house} ${street.name}`,
        number: String(house),
        flat,
        kind: 'flat' as const,
        shared_store: null,
      })),
    );
  }
  const count = street.houses ?? (street.name === 'Sample Road' ? 20 : 5 + Math.floor(random() * 4));
  return Array.from({ length: count }, (_, i) => ({
    ...common,
    ...at(i + 1),
    line: `${i + 1} ${street.name}`,
    number: String(i + 1),
    flat: null,
    kind:
      street.kind === 'shops' ? (i % 3 === 0 ? ('commercial' as const) : ('above-shop' as const)) : ('house' as const),
    shared_store: null,
  }));
}

/** Weekly and fortnightly streams; garden waste only where it is paid for (every third house). */
const FORTNIGHTLY: Readonly<Record<Stream, 0 | 1 | undefined>> = {
  food: undefined,
  'mixed-recycling': undefined,
  refuse: 0,
  'paper-card': 1,
  garden: 0,
};

function demoCollections(addresses: readonly NewRow<'addresses'>[], today: IsoDate): CollectionRows {
  const served = addresses.filter((address) => address.kind !== 'commercial');
  const addressRounds = served.flatMap((address) =>
    streamsOf(address).map((stream) => ({ uprn: address.uprn, stream, round: `${stream}-${dayOf(address, today)}` })),
  );
  const rounds = [...new Set(addressRounds.map((row) => row.round))].sort();
  const days = rounds.flatMap((round) => roundDays(round, today));
  return { addressRounds, days, exceptions: demoExceptions(served, days, today) };
}

function streamsOf(address: NewRow<'addresses'>): readonly Stream[] {
  if (address.kind === 'above-shop') return ['refuse', 'mixed-recycling'];
  const garden: readonly Stream[] = address.kind === 'house' && Number(address.number) % 3 === 1 ? ['garden'] : [];
  return ['refuse', 'mixed-recycling', 'paper-card', 'food', ...garden];
}

/** Sample Road's crew comes on the day the demo was laid (never a Sunday); the other streets follow through the week. */
function dayOf(address: NewRow<'addresses'>, today: IsoDate): number {
  const anchor = Math.min(isoDay(today), 6);
  const street = Number(address.street_id.slice(1)) - 1;
  return ((anchor - 1 + (street % 5)) % 6) + 1;
}

/** The days of a round, each one day later in a week with a bank holiday on or before it. */
function roundDays(round: string, today: IsoDate): NewRow<'collection_days'>[] {
  const cut = round.lastIndexOf('-');
  const stream = round.slice(0, cut) as Stream;
  const day = Number(round.slice(cut + 1));
  const monday = addDays(today, 1 - isoDay(today));
  const phase = FORTNIGHTLY[stream];
  const weeks = Array.from({ length: DEMO_WEEKS.back + DEMO_WEEKS.ahead + 1 }, (_, i) => i - DEMO_WEEKS.back);
  return weeks
    .filter((week) => phase === undefined || Math.abs(week % 2) === phase)
    .map((week) => {
      const usual = addDays(monday, week * 7 + day - 1);
      const date = holidayInWeekUpTo(usual) ? addDays(usual, 1) : usual;
      const finished =
        day === Math.min(isoDay(today), 6) ? FIRST_CREW_DONE : `${String(9 + day).padStart(2, '0')}:${10 + day * 5}`;
      return { round, date, moved_from: date === usual ? null : usual, finished_at: momentOf(date, finished) };
    });
}

function holidayInWeekUpTo(date: IsoDate): boolean {
  return Array.from({ length: isoDay(date) }, (_, i) => addDays(date, -i)).some((day) => isBankHoliday(day));
}

/** What crews recorded on their latest visit: one of each kind, at the last houses of Sample Road. */
function demoExceptions(
  served: readonly NewRow<'addresses'>[],
  days: readonly NewRow<'collection_days'>[],
  today: IsoDate,
): NewRow<'crew_exceptions'>[] {
  const sample = served.filter((address) => address.street === 'Sample Road');
  return EXCEPTIONS.flatMap((code, index) => {
    const address = sample[13 + index];
    if (!address) return [];
    const round = `food-${dayOf(address, today)}`;
    const latest = days.filter((day) => day.round === round && day.date <= today).at(-1);
    return latest
      ? [{ uprn: address.uprn, stream: 'food', date: latest.date, code, at: momentOf(latest.date, '06:45') }]
      : [];
  });
}

/** 1 Monday … 7 Sunday. */
const isoDay = (date: IsoDate): number => weekday(date) || 7;

const round6 = (value: number) => Math.round(value * 1e6) / 1e6;

/** A small seeded generator (public domain, T. Ettinger): the borough must come out the same everywhere. */
function mulberry32(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
