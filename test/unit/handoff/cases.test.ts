import { createRender } from '../../../src/conversation/render';
import { caseOf } from '../../../src/handoff/caseView';
import type { CaseRow } from '../../../src/storage/store';
import { type World, world } from './world';

const render = createRender('locales');

const row = (service: string, answers: object, facts: object): CaseRow => ({
  reference: 'MB-7K2-PQ4',
  service,
  dedupe_key: `${service}|1`,
  status: 'open',
  conversation_id: 'c1',
  contact: null,
  answers: JSON.stringify(answers),
  facts: JSON.stringify(facts),
  place: null,
  lat: null,
  lon: null,
  opened_at: Date.UTC(2026, 10, 24, 14),
  due_at: null,
  closed_at: null,
  note: null,
});

describe('a case as the desk reads it', () => {
  test('answers stand under the names of their questions, choices under their labels', () => {
    const address = { uprn: '9', line: '10 Sample Road', postcode: 'WB1 2AB', position: { lat: 1, lon: 2 } };
    const { answers } = caseOf(row('missed-bin', { address, stream: 'food', problem: 'missed' }, {}), render);
    expect(answers).toEqual([
      { name: 'the address', value: '10 Sample Road, WB1 2AB' },
      { name: expect.any(String), value: 'Food waste' },
      { name: expect.any(String), value: expect.not.stringMatching(/^missed$/) },
    ]);
  });

  test('days and moments are written out, yes and no are words, contacts are what to call or write to', () => {
    const { answers } = caseOf(
      row(
        'libraries',
        { bookDay: '2026-12-04', bookPeople: 12, bookContact: { kind: 'email', value: 'jane@example.org' } },
        {},
      ),
      render,
    );
    expect(answers.map(({ value }) => value)).toEqual(['Friday 4 December 2026', '12', 'jane@example.org']);
  });

  test('facts stand under plain names; what was not found is none', () => {
    const { facts } = caseOf(
      row(
        'pothole',
        {},
        {
          roadOwner: 'council',
          verified: false,
          round: '2026-11-24',
          finishedAt: Date.UTC(2026, 10, 24, 13, 30),
          nextRound: null,
          window: { days: 2, until: '2026-11-26' },
          others: ['PH-1', 'PH-2'],
        },
      ),
      render,
    );
    expect(facts).toEqual([
      { name: 'road owner', value: 'council' },
      { name: 'verified', value: 'no' },
      { name: 'round', value: 'Tuesday 24 November 2026' },
      { name: 'finished at', value: 'Tuesday 24 November 2026 at 13:30' },
      { name: 'next round', value: 'none' },
      { name: 'window', value: 'days: 2; until: Thursday 26 November 2026' },
      { name: 'others', value: 'PH-1, PH-2' },
    ]);
  });

  test('a case of a service that is gone is still readable', () => {
    const { answers } = caseOf(row('old-service', { someThing: 'as it was said', skipped: null }, {}), render);
    expect(answers).toEqual([{ name: 'some thing', value: 'as it was said' }]);
  });
});

describe('settings out of date', () => {
  const old = {
    path: 'prices.pcnHigher',
    owner: 'Parking services',
    source: 'https://www.wandlebridge.example/parking',
    effectiveFrom: '2025-04-07',
    expiresOn: '2026-11-22',
  };
  let desk: World;
  beforeAll(async () => {
    desk = await world({ settingsOutOfDate: () => [old] });
  });
  afterAll(() => desk.stop());

  test('admins and supervisors see them and are told how many there are; agents are not', async () => {
    const admin = await desk.agent('Ada Admin', 'admin');
    const supervisor = await desk.agent('Sue Supervisor', 'supervisor');
    const agent = await desk.agent('Ben Agent');
    for (const person of [admin, supervisor]) {
      expect((await person.get('/desk/api/trouble')).body).toEqual({ items: [], settings: [old] });
      expect((await person.get('/desk/api/queue')).body.trouble).toBe(1);
    }
    expect((await agent.get('/desk/api/trouble')).body).toEqual({ items: [], settings: [] });
    expect((await agent.get('/desk/api/queue')).body.trouble).toBe(0);
  });
});
