import { z } from 'zod';
import type { Json, Render, TextKey } from '../conversation/ports';
import type { CaseRow } from '../storage/store';
import type { CaseItem, Detail } from './api';

/** A case as a person reads it: the questions by their names, choices by their labels, days written out. In English, as the desk is. */
export function caseOf(row: CaseRow, render: Pick<Render, 'has' | 'say'>): CaseItem {
  const text = (key: TextKey): string | undefined =>
    render.has(key, 'en') ? render.say({ text: key }, 'en').text : undefined;
  const answers = recordOf(row.answers).map(
    ([slot, value]): Detail => ({
      name: text(`${row.service}:${slot}.name`) ?? words(slot),
      value: (typeof value === 'string' ? text(`${row.service}:${slot}.${value}`) : undefined) ?? shown(value),
    }),
  );
  return {
    reference: row.reference,
    service: row.service,
    status: row.status,
    openedAt: row.opened_at,
    dueAt: row.due_at,
    answers: answers.filter(({ value }) => value !== ''),
    facts: recordOf(row.facts).map(([fact, value]) => ({ name: words(fact), value: shown(value) || 'none' })),
  };
}

const Stored = z.record(z.string(), z.json());

/** Columns of JSON text; what is none shows nothing. */
function recordOf(column: string): readonly [string, Json][] {
  const parsed = Stored.safeParse(JSON.parse(column));
  return parsed.success ? Object.entries(parsed.data as { readonly [name: string]: Json }) : [];
}

/** `roadOwner` → `road owner` */
const words = (name: string): string =>
  name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_.]/g, ' ')
    .toLowerCase();

const LONG_DAY = {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'Europe/London',
} as const;
const DAY = new Intl.DateTimeFormat('en-GB', LONG_DAY);
const MOMENT = new Intl.DateTimeFormat('en-GB', { ...LONG_DAY, hour: '2-digit', minute: '2-digit' });
/** Numbers from here on are moments (2001 and later); no count of anything is so big. */
const FIRST_MOMENT = 1_000_000_000_000;

/** As the assistant writes days, without a comma. */
const written = (format: Intl.DateTimeFormat, at: number): string => format.format(at).replace(',', '');

function shown(value: Json): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return value >= FIRST_MOMENT ? written(MOMENT, value) : String(value);
  if (typeof value === 'string') return shownText(value);
  if (isList(value)) return value.map(shown).filter(Boolean).join(', ');
  return shownRecord(value);
}

const isList = (value: object): value is readonly Json[] => Array.isArray(value);

function shownText(value: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return written(DAY, Date.parse(`${value}T12:00:00Z`));
  return /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value) ? written(MOMENT, Date.parse(value)) : value;
}

/** An address or a place by its line, a contact by its value; anything else by its parts. */
function shownRecord(value: { readonly [name: string]: Json }): string {
  const { line, postcode, value: inner } = value;
  if (typeof line === 'string')
    return typeof postcode === 'string' && !line.includes(postcode) ? `${line}, ${postcode}` : line;
  if (typeof inner === 'string') return inner;
  return Object.entries(value)
    .map(([name, part]) => `${words(name)}: ${shown(part) || 'none'}`)
    .join('; ');
}
