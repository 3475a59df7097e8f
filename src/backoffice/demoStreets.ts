/**
 * The streets of Wandlebridge, a borough that does not exist: invented names in a postcode area (WB) that is not allocated.
 * Postcode districts WB1 to WB4 are its four wards.
 */
export interface DemoStreet {
  readonly name: string;
  readonly district: 1 | 2 | 3 | 4;
  readonly owner?: 'tfl' | 'private' | 'park';
  /** Whose land it is, where it is not the council's. */
  readonly body?: string;
  readonly kind?: 'flats' | 'shops' | 'converted';
  /** How many houses there are, where it matters. */
  readonly houses?: number;
  /** Controlled parking zone. */
  readonly zone?: 'B1' | 'B2' | 'M1';
}

export const WARDS = { 1: 'Bridge', 2: 'Millfields', 3: 'Heronsgate', 4: 'Watermead' } as const;

const ZONED: Readonly<Record<string, NonNullable<DemoStreet['zone']>>> = {
  'Mill Street': 'B2',
  'Cannon Lane': 'B2',
  'Calico Street': 'M1',
  'Printworks Road': 'M1',
};

const plain = (district: DemoStreet['district'], names: string): DemoStreet[] =>
  names.split(', ').map((name) => ({ name, district, ...(ZONED[name] && { zone: ZONED[name] }) }));

export const DEMO_STREETS: readonly DemoStreet[] = [
  { name: 'Sample Road', district: 1, zone: 'B1' },
  { name: 'Wandle High Road', district: 1, owner: 'tfl', kind: 'shops', zone: 'B1' },
  { name: 'Station Parade', district: 1, kind: 'shops', zone: 'B1' },
  { name: 'Bridge Street', district: 1, kind: 'shops', zone: 'B1' },
  { name: 'The Limes', district: 1, kind: 'flats' },
  { name: 'Beverley Meadow', district: 2, owner: 'park', body: 'Wandle Valley Trust' },
  { name: 'Kingfisher Court', district: 2, kind: 'flats' },
  { name: 'Cloister Mews', district: 3, owner: 'private', body: 'Cloister Mews Residents Ltd' },
  { name: 'Heron House', district: 3, kind: 'flats' },
  { name: 'Northern Arterial Road', district: 4, owner: 'tfl' },
  { name: 'Church Lane', district: 1 },
  { name: 'Church Lane', district: 4 },
  ...plain(
    1,
    'Cannon Lane, Mill Street, Weir Road, Ferryman Close, Tanner Street, Copper Row, Lavender Walk, Orchard Road, Priory Avenue, Quay Lane, Saddler Street',
  ),
  ...plain(
    2,
    'Snuffmill Lane, Watercress Way, Calico Street, Printworks Road, Bleachfield Road, Meadow View, Alder Grove, Willow Bank, Sedge Close, Reedmace Road, Fuller Street, Dyer Avenue',
  ),
  ...plain(
    3,
    'Heronsgate Road, Larkspur Avenue, Teasel Gardens, Yarrow Road, Comfrey Close, Bramble Rise, Hawthorn Crescent, Rowan Drive, Spindle Way, Medlar Terrace, Damson Street, Bullace Lane',
  ),
  ...plain(
    4,
    'Watermead Avenue, Otter Lane, Coot Close, Grebe Road, Teal Street, Mallard Way, Swallow Terrace, Swift Gardens, Plover Drive, Dipper Road, Lapwing Crescent, Sandpiper Street',
  ),
  // One postcode with many houses, and old houses made into flats.
  { name: 'Wandle Gardens', district: 2, houses: 60 },
  { name: 'Canal Villas', district: 3, kind: 'converted' },
];

/** What people say a place is near, each beside its street. */
export const DEMO_LANDMARKS: readonly { readonly name: string; readonly street: string }[] = [
  { name: 'Wandlebridge Station', street: 'Station Parade' },
  { name: 'Watermead Station', street: 'Watermead Avenue' },
  { name: 'Wandlebridge Library', street: 'Bridge Street' },
  { name: 'St Anne’s Church', street: 'Priory Avenue' },
  { name: 'Millfields Primary School', street: 'Fuller Street' },
  { name: 'Kingfisher Leisure Centre', street: 'Dyer Avenue' },
  { name: 'Heron Park', street: 'Heronsgate Road' },
];
