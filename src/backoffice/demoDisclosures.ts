import type { NewRow } from '../storage/schema';

const LINK = 'https://www.wandlebridge.example/information/answers/';

/** Reference, day of publication, title, summary. */
const ANSWERS: readonly (readonly [string, string, string, string])[] = [
  [
    'FOI-2026-0311',
    '2026-02-18',
    'Pothole repair spending 2025',
    'How much the council paid for filling potholes and for road resurfacing in 2025, by ward and by contractor.',
  ],
  [
    'FOI-2025-0274',
    '2025-02-20',
    'Pothole repair spending 2024',
    'How much the council paid for filling potholes and for road resurfacing in 2024, by ward.',
  ],
  [
    'FOI-2026-0402',
    '2026-04-02',
    'Compensation paid for pothole damage 2021 to 2025',
    'Claims for damage to vehicles by potholes: how many were made, how many were paid, and how much.',
  ],
  [
    'FOI-2026-0377',
    '2026-03-19',
    'Penalty charge notices by street 2025',
    'Parking fines issued in 2025 by street and contravention code, with the income from them.',
  ],
  [
    'FOI-2026-0385',
    '2026-03-25',
    'School street cameras: fines and income',
    'Penalty charge notices and income from each school street camera since it was put up.',
  ],
  [
    'FOI-2026-0290',
    '2026-01-29',
    'Agency staff spending 2023 to 2025',
    'Spending on agency and temporary workers by department, and the agencies used.',
  ],
  [
    'FOI-2026-0518',
    '2026-06-11',
    'Missed bin collections by ward 2025',
    'Reports of missed collections by ward and kind of waste, and deductions from the contractor.',
  ],
  [
    'FOI-2026-0545',
    '2026-07-02',
    'Fly-tipping reports and prosecutions 2025',
    'How many reports of fly-tipping were made, how many fines were issued, and how many cases went to court.',
  ],
  [
    'FOI-2026-0561',
    '2026-07-16',
    'Street trees felled and planted 2022 to 2025',
    'Street trees felled, the reason, and those planted instead, by ward.',
  ],
  [
    'EIR-2026-0102',
    '2026-05-14',
    'Nitrogen dioxide readings near schools 2024',
    'Monthly air quality readings from diffusion tubes near schools in 2024.',
  ],
  [
    'FOI-2026-0583',
    '2026-08-06',
    'Business rates: empty properties',
    'Addresses of business properties that are empty, and since when.',
  ],
  [
    'FOI-2026-0604',
    '2026-08-27',
    'Public health funerals 2025',
    'How many funerals the council arranged for people who died without family, and what they cost.',
  ],
  [
    'FOI-2026-0633',
    '2026-09-17',
    'Temporary accommodation: households and cost 2025',
    'Households in temporary accommodation, how long they stay, and the cost for each night.',
  ],
  [
    'FOI-2026-0671',
    '2026-10-15',
    'Councillors’ allowances and expenses 2025',
    'Allowances and expenses paid to each councillor.',
  ],
  [
    'FOI-2026-0688',
    '2026-10-29',
    'Contracts for street cleaning and waste',
    'The contracts with the waste and street cleaning contractor: value, start, end and extensions.',
  ],
];

/** The demo borough's disclosure log. */
export const demoDisclosures = (): readonly NewRow<'disclosures'>[] =>
  ANSWERS.map(([reference, published, title, summary]) => ({
    reference,
    title,
    summary,
    published,
    link: `${LINK}${reference.toLowerCase()}`,
  }));
