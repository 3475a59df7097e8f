import * as rules from '../../../dialogs/complaint.rules';
import type { Contact } from '../../../src/conversation/service';
import { at, moment, settingsOn, wordsOf } from './fixtures';

const WORDS = wordsOf('complaint', 'pl');

const TODAY = '2026-11-24T12:00:00Z';

describe('other routes', () => {
  const settings = settingsOn('2026-11-24');
  test.each(rules.MATTERS.map((about) => [about, about !== 'service' && about !== 'staff'] as const))(
    '%s has a route of its own: %s',
    (about, routed) => {
      const found = rules.otherRoute(about, settings);
      expect(Boolean(found)).toBe(routed);
      if (found) expect(found.link).toMatch(/^https:/);
    },
  );
  test.each([
    ['care', settings.links.ombudsman],
    ['school', settings.links.ombudsman],
    ['data', settings.links['information-commissioner']],
    ['councillor', 'none'],
  ] as const)('after %s comes %s', (about, after) =>
    expect(rules.otherRoute(about, settings)).toMatchObject({ after }),
  );
});

test.each([
  ['2025-11-24', false],
  ['2025-11-23', true],
  [undefined, false],
])('happened %s is late: %s', (day, late) => expect(rules.isLate(day, at(TODAY))).toBe(late));

test('nobody is late once the setting has expired', () =>
  expect(rules.isLate('2020-01-01', at('2027-11-24T12:00:00Z'))).toBe(false));

test('dates of both stages, with what does not count', () => {
  expect(rules.datesTold('first', at(TODAY))).toMatchObject({
    acknowledged: { date: '2026-12-01' },
    answered: { date: '2026-12-15' },
    atMost: { date: '2026-12-31' },
    holidays: { list: [{ label: 'common:holiday.christmas' }, { label: 'common:holiday.boxing-day' }] },
  });
  expect(rules.datesTold('review', at(TODAY))).toMatchObject({
    acknowledged: { date: '2026-12-01' },
    answered: { date: '2026-12-31' },
    atMost: { date: '2027-01-29' },
  });
  expect(rules.acknowledgeBy(moment(TODAY))).toBe(moment('2026-12-01T23:59:00Z'));
});

test.each([
  ['2026-11-02', '2026-11-23T23:59:00Z', true],
  ['2026-11-02', '2026-11-24T00:00:00Z', false],
  [undefined, TODAY, false],
])('the answer to a complaint of %s is still to come at %s: %s', (complained, now, early) => {
  const found = rules.notYetDue(complained, at(now));
  if (early) expect(found).toMatchObject({ due: { date: '2026-11-23' }, from: { date: complained }, holidays: 'none' });
  else expect(found).toBe(false);
});

describe('the next step', () => {
  const reply: Contact = { kind: 'email', value: 'sam@example.org' };
  const told = { reply, name: 'Sam', needs: 'deaf' };
  test('is offered the morning after the answer is due, with what was told', () => {
    expect(rules.nextStep('first', told, moment(TODAY))).toEqual({
      at: moment('2026-12-16T09:00:00Z'),
      answers: { stage: 'review', hadAnswer: false, complained: '2026-11-24', reply, needs: 'deaf', name: 'Sam' },
      reference: 'matter',
    });
    expect(rules.nextStep('review', { ...told, name: undefined }, moment(TODAY))).toEqual({
      at: moment('2027-01-01T09:00:00Z'),
      answers: { stage: 'ombudsman', reply, needs: 'deaf' },
      reference: 'matter',
    });
  });
  test('carries no need that was not told', () =>
    expect(rules.nextStep('review', { reply, name: undefined, needs: undefined }, moment(TODAY))?.answers).toEqual({
      stage: 'ombudsman',
      reply,
    }));
  test('is not offered to whom nobody can answer, nor after the last', () => {
    expect(rules.nextStep('first', { ...told, reply: undefined }, moment(TODAY))).toBeUndefined();
    expect(rules.nextStep('ombudsman', told, moment(TODAY))).toBeUndefined();
  });
});

describe('the words', () => {
  test.each([
    ['I want to make a complaint', false],
    ['chcę złożyć skargę', false],
    ['Nobody answers my letters about the bins', true],
    ['I want to make a complaint, nobody has come to repair the lift since 2 November and your staff hang up', true],
  ])('%p say what it is: %s', (text, says) => expect(rules.saysWhat(text, WORDS)).toBe(says));
  test.each([
    ['There is a pothole outside 12 Sample Road', false],
    ['Na Sample Road jest dziura w drodze', false],
    ['I reported the pothole three times', true],
    ['the street light is still out', true],
    ['zgłosiłem dziurę i nikt nie przyszedł', true],
  ])('%p blame the council: %s', (text, blames) => expect(rules.blames(text, WORDS)).toBe(blames));
  test.each([
    ['Your man pushed me against the wall', true],
    ['he made racist remarks', true],
    ['I will kill him', true],
    ['popchnął mnie', true],
    ['grozili mi w urzędzie', true],
    ['The bin is late', false],
    ['he hit the brakes', false],
  ])('%p are grave: %s', (text, grave) => expect(rules.isGrave(text, WORDS)).toBe(grave));
  test.each([
    ['THIS IS A DISGRACE TO ALL', true],
    ['PCN WB1', false],
    ['why??!!', true],
    ['I am fed up with this', true],
    ['mam dość', true],
    ['The hall was locked.', false],
  ])('%p are angry: %s', (text, angry) => expect(rules.isAngry(text, WORDS)).toBe(angry));
});
