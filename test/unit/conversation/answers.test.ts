import { answered, changeable, harvest, listed, refusal, taken, withdrawn } from '../../../src/conversation/answers';
import type { Answer, Form, Known } from '../../../src/conversation/form';
import { blank } from '../../../src/conversation/repair';
import { choice, date, defineService, pick, text } from '../../../src/conversation/service';
import { understood } from './forms';

const said = (value: Answer['value'], words = 'words'): Answer => ({ value, words, source: 'said' });
const trips = defineService({
  id: 'trips',
  letters: 'TR',
  slots: {
    where: choice('sea', 'hills'),
    room: pick(),
    day: date({ when: 'future' }).optional(),
    month: choice('may', 'june').maybe(),
    note: text({ max: 20 }).optional(),
  },
  insteadOf: { day: 'month', month: 'day' },
  rejectIf: {
    note: {
      short: ({ note }) => (note === undefined || note.length < 3) && {},
      loud: { when: ({ note }) => note === note?.toUpperCase() && { note: note ?? '' }, mayStay: true },
    },
  },
  endings: ['booked'],
  submit: () => ({ ending: 'booked' }),
});
const known = { now: Date.parse('2026-11-24T12:00:00Z'), facts: [], found: {}, has: () => false } as unknown as Known;
const form = (answers: Form['answers'], more: Partial<Form> = {}): Form => ({
  ...blank(trips, '', 0),
  answers,
  order: Object.keys(answers),
  ...more,
});

describe('an answer put in', () => {
  test('stands last in the order, once, and ends what was half known and misunderstood', () => {
    const before = form({ where: said('sea'), note: said('hello') }, { partials: { where: 1, note: 2 }, misses: 2 });
    const after = answered(before, 'where', said('hills'));
    expect(after.order).toEqual(['note', 'where']);
    expect(after).toMatchObject({ partials: { note: 2 }, misses: 0, answers: { where: said('hills') } });
    expect(after.partials).not.toHaveProperty('where');
  });
});

describe('an answer taken back', () => {
  const full = form(
    { where: said('sea'), room: said('r1'), day: said('2026-12-01'), note: said('hello') },
    { partials: { where: 1, note: 2 }, overrides: ['full', 'where.far', 'note.loud'] },
  );

  test('takes with it what was found for it, and stops that were overridden', () => {
    const after = withdrawn(trips, full, 'where');
    expect(Object.keys(after.answers)).toEqual(['day', 'note']);
    expect(after.order).toEqual(['day', 'note']);
    expect(after.partials).toEqual({ note: 2 });
    // Another answer that was left as it is stays so.
    expect(after.overrides).toEqual(['note.loud']);
  });

  test('leaves what was found before it', () => {
    expect(Object.keys(withdrawn(trips, full, 'day').answers)).toEqual(['where', 'room', 'note']);
  });

  test('a pick takes itself back only', () => {
    expect(Object.keys(withdrawn(trips, full, 'room').answers)).toEqual(['where', 'day', 'note']);
  });
});

describe('a reading', () => {
  const say = { text: 'common:x' } as const;
  const half = form({}, { partials: { note: 'half' } });

  test('that is a value answers', () => {
    const { form: after, took } = taken(half, 'note', { value: 'ok', source: 'said' }, 'ok then');
    expect([after.answers.note, took]).toEqual([said('ok', 'ok then'), true]);
  });
  test('that is a part is kept, and asks for the rest', () => {
    const result = taken(half, 'note', { partial: 'more', say }, '');
    expect([result.form.partials, result.say, result.took]).toEqual([{ note: 'more' }, say, false]);
  });
  test('that cannot be taken is said, and half of it forgotten', () => {
    const result = taken(half, 'note', { invalid: say }, '');
    expect([result.form.partials, result.say, result.took]).toEqual([{}, say, false]);
  });
  test('that cannot be taken may leave a part', () => {
    expect(taken(half, 'note', { invalid: say, keep: 'kept' }, '').form.partials).toEqual({ note: 'kept' });
  });
  test('of nothing changes nothing', () => {
    expect(taken(half, 'note', { unread: true }, '')).toEqual({ form: half, took: false });
  });
});

describe('what a message names', () => {
  const named = understood('in june to the hills', [
    { kind: 'choice', slot: 'month', value: 'june' },
    { kind: 'choice', slot: 'where', value: 'hills' },
  ]);

  test('fills what is open, in the service’s order', () => {
    const { form: after, took } = harvest(trips, form({}), known, named, false);
    expect(took).toEqual(['where', 'month']);
    expect(Object.keys(after.answers)).toEqual(['where', 'month']);
  });
  test('does not touch what is answered, or is left out', () => {
    expect(harvest(trips, form({ where: said('sea') }), known, named, false).took).toEqual(['month']);
    expect(harvest(trips, form({}), known, named, false, 'month').took).toEqual(['where']);
  });
  test('replaces an answer where it corrects, with what rested on it', () => {
    const before = form({ where: said('sea'), room: said('r1'), note: said('hello') });
    const { form: after, took } = harvest(trips, before, known, named, true);
    expect(took).toEqual(['where', 'month']);
    expect(Object.keys(after.answers).sort()).toEqual(['month', 'note', 'where']);
  });
  test('leaves all as it is where it says the same again', () => {
    const before = form({ where: said('hills'), room: said('r1'), month: said('june') });
    expect(harvest(trips, before, known, named, true)).toEqual({ form: before, took: [] });
  });
  test('is taken instead of the other answer to the same thing', () => {
    const before = form({ where: said('hills'), day: said('2026-12-01') });
    const { form: after } = harvest(trips, before, known, named, false);
    expect(Object.keys(after.answers)).toEqual(['where', 'month']);
  });
});

describe('a refusal', () => {
  test('takes the answer back and says why', () => {
    const refused = refusal(trips, form({ where: said('sea'), note: said('x') }), known);
    expect(refused).toMatchObject({ slot: 'note', say: { text: 'trips:note.reject.short' } });
    expect(Object.keys(refused?.form.answers ?? {})).toEqual(['where']);
    expect(refused).not.toHaveProperty('mayStay');
  });
  test('of an answer that may stay keeps it at hand', () => {
    const refused = refusal(trips, form({ note: said('LOUD') }), known);
    expect(refused).toMatchObject({
      say: { params: { note: 'LOUD' } },
      mayStay: { answer: said('LOUD'), reason: 'loud' },
    });
  });
  test('comes not for what was left as it is, is no answer or was skipped', () => {
    expect(refusal(trips, form({ note: said('LOUD') }, { overrides: ['note.loud'] }), known)).toBeUndefined();
    expect(refusal(trips, form({ note: said(null) }), known)).toBeUndefined();
    expect(refusal(trips, form({}), known)).toBeUndefined();
    expect(refusal(trips, form({ note: said('fine') }), known)).toBeUndefined();
  });
});

test('a list of answers leaves out what was skipped or never said', () => {
  const some = form({ where: said('sea'), day: said(null) });
  expect(listed(trips, some, known, ['where', 'day', 'note'])).toEqual({
    list: [{ label: 'trips:where.sea', inline: true }],
  });
});

test('what was answered or is asked can be changed; of picks only what was picked', () => {
  expect(changeable(trips, form({}), known)).toEqual(['where', 'day', 'month', 'note']);
  expect(changeable(trips, form({ room: said('none') }), known)).not.toContain('room');
  expect(changeable(trips, form({ room: said('r1') }), known)).toContain('room');
});

test('what cannot be taken takes nothing else away', () => {
  const past = understood('on 2024-02-29', [{ kind: 'date', value: '2024-02-29' }]);
  const { form: after, refused, took } = harvest(trips, form({ month: said('may') }), known, past, true);
  expect([refused?.text, took]).toEqual(['common:invalid.past', []]);
  expect(after.answers).toEqual({ month: said('may') });
});
