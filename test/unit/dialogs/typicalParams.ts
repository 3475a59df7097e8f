import type { Params } from '../../../src/conversation/ports';

const day = { date: '2026-11-25' } as const;
const moment = { moment: Date.parse('2026-11-24T18:05:00Z') } as const;
const link = 'https://www.wandlebridge.example/parking/fines';

/** Parameters as the services give them, of ordinary length. */
const TYPICAL: Params = {
  address: '14 Cannon Hill Lane, WB1 2AB',
  place: '14 Cannon Hill Lane',
  stream: 'Mixed recycling',
  streamId: 'garden',
  problem: 'It was not emptied',
  problemId: 'missed',
  collectionId: 'kerbside',
  day,
  moved: 'none',
  block: 'no',
  home: 'house',
  checked: 'yes',
  notice: 'none',
  outBy: '06:00',
  link,
  from: { time: moment.moment },
  shopsFrom: '18:00',
  shopsTo: '20:00',
  until: day,
  days: 2,
  next: day,
  code: 'not_presented',
  at: moment,
  since: moment,
  by: day,
  more: 'no',
  reference: 'MB-7K2-PQ4',
  line: 'Cannon Hill Lane',
  metres: 40,
  kind: 'The road',
  kindId: 'carriageway',
  sizeId: 'deep',
  sameId: 'none',
  dangerId: 'cyclists',
  damageId: 'no',
  damage: 'No damage',
  body: 'Wandle Park Trust',
  phone: '020 7946 0199',
  inspectBy: day,
  safeBy: moment,
  repairBy: day,
  claims: link,
  letterId: 'pcn',
  howId: 'vehicle',
  stage: 'half',
  stageId: 'first',
  discountUntil: day,
  fullUntil: day,
  replyUntil: day,
  pageLink: link,
  payLink: link,
  challengeLink: link,
  evidenceLink: link,
  tribunalLink: 'https://www.londontribunals.gov.uk',
  courtLink: 'https://www.gov.uk/parking-tickets',
  debtLink: 'https://www.nationaldebtline.org',
  higher: 160,
  lower: 110,
  higherHalf: 80,
  lowerHalf: 55,
  aboutId: 'council',
  about: 'fine',
  what: 'Nobody answers my letters.',
  happened: day,
  matter: 'Parking',
  effect: 'none',
  remedy: 'none',
  behalfId: 'self',
  needs: 'none',
  reply: 'sam@example.org',
  privacy: 'https://www.wandlebridge.example/privacy/assistant',
  acknowledged: day,
  answered: day,
  atMost: day,
  ombudsman: 'https://www.lgo.org.uk/make-a-complaint',
  description: 'Spending on road repairs in 2025',
  name: 'Sam Sample',
  personal: 'no',
  due: day,
  received: day,
  weekend: 'no',
  skipped: 1,
  holidays: { list: [day] },
  answersLink: link,
};

const VARIANTS: readonly (readonly [RegExp, Params])[] = [
  [/missed-bin:done/, { more: 'yes' }],
  [/missed-bin:(summary|done)/, { block: 'yes', moved: day, collectionId: 'assisted' }],
  [/missed-bin:(summary|done)/, { checked: 'no' }],
  [/missed-bin:(stop|done)/, { home: 'above_shop' }],
  [/missed-bin:stop.noRounds/, { home: 'commercial' }],
  ...['contaminated', 'gate_locked', 'parked_vehicle', 'road_works', 'too_heavy', 'damaged'].map(
    (code) => [/crewRecord/, { code }] as const,
  ),
  [/pothole:done/, { damageId: 'vehicle' }],
  [/pothole:summary/, { sameId: 'PH-7K2-PQ4', damageId: 'person' }],
  ...['full', 'over'].map((stage) => [/parking-fine:done/, { stage }] as const),
  [/parking-fine:served/, { letterId: 'owner' }],
  ...['court', 'planning', 'school', 'benefit', 'care', 'claim', 'councillor', 'data'].map(
    (about) => [/otherRoute/, { about }] as const,
  ),
  [/foi-request:done/, { skipped: 0, holidays: 'none' }],
  [/foi-request:done/, { skipped: 3, holidays: { list: [day, day] } }],
  [/foi-request:summary/, { personal: 'yes' }],
];

/** Nothing that may be missing is there: settings expired, questions skipped, systems down. */
const MISSING: Params = {
  day: 'none',
  next: 'none',
  by: 'none',
  line: 'none',
  body: 'none',
  inspectBy: 'none',
  safeBy: 'none',
  repairBy: 'none',
  claims: 'none',
  higher: 'none',
  tribunalLink: 'none',
  courtLink: 'none',
  debtLink: 'none',
  happened: 'none',
  matter: 'none',
  reply: 'none',
  ombudsman: 'none',
  howId: 'none',
  stage: 'unknown',
};

/** The sets of parameters a text should be tried with. */
export function typicalParams(key: string): readonly Params[] {
  // The day is the evidence of a stop, the address the ground of a request: there they are never missing.
  const { day: _, ...less } = MISSING;
  const missing = key.includes(':stop.')
    ? less
    : key.startsWith('foi-request')
      ? { ...less, reply: TYPICAL.reply ?? '' }
      : MISSING;
  const variants = VARIANTS.filter(([pattern]) => pattern.test(key)).map(([, params]) => ({ ...TYPICAL, ...params }));
  return [TYPICAL, { ...TYPICAL, ...missing }, ...variants];
}
