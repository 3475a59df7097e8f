import type { Form, Known, Progress } from '../../../src/conversation/form';
import { chooseOffer } from '../../../src/conversation/offers';
import { blank } from '../../../src/conversation/repair';
import { choice, defineService } from '../../../src/conversation/service';
import type { Settings } from '../../../src/conversation/settings';

const EVENING = Date.parse('2026-11-24T22:30:00Z');
const MORNING = Date.parse('2026-11-25T08:00:00Z');

const lamps = defineService({
  id: 'lamps',
  letters: 'LA',
  slots: { what: choice('out', 'flickers'), how: choice('badly', 'a-bit').maybe() },
  stopIf: {
    // Rules that name what was never answered are still run when their offer is taken.
    known: {
      when: ({ what }) => what === 'out' && {},
      offers: ['follow', 'reminder', 'anyway', 'person'],
      follow: ({ what, how }) => (what === 'out' && how === undefined ? 'LA-222-222' : undefined),
      remindAt: ({ how }, { now }) => (how === undefined ? now : now + 1),
    },
    bare: { when: ({ what }) => what === 'flickers' && {}, offers: ['person'] },
  },
  endings: ['done'],
  submit: () => ({ ending: 'done', open: {} }),
});

const known = (channel: string): Known =>
  ({
    now: EVENING,
    channel,
    language: 'en',
    settings: { council: {} } as unknown as Settings,
    found: {},
    facts: [],
    has: () => false,
  }) as Known;

const answers = { what: { value: 'out', words: 'it is out', source: 'said' } } as const;
const formAt = (phase: Form['phase'], more: Partial<Form> = {}): Form => ({
  ...blank(lamps, 'my lamp', EVENING),
  answers,
  order: ['what'],
  phase,
  ...more,
});
const stopped = (reason: string, follow?: string): Form =>
  formAt({ at: 'stopped', reason, offers: ['follow', 'reminder', 'anyway', 'person'], ...(follow && { follow }) });
const choose = (form: Form, offer: string, channel = 'web'): Progress =>
  chooseOffer(lamps, { form, says: [], effects: [] }, known(channel), offer);
const texts = ({ says }: Progress): readonly string[] => says.map(({ text }) => text);

describe('at a stop', () => {
  test('nothing of it ends the form', () => {
    const ended = choose(stopped('known'), 'none');
    expect(ended).toMatchObject({ done: { how: 'stopped' }, form: { phase: { at: 'done' } }, effects: [] });
    expect(texts(ended)).toEqual(['common:ended']);
  });

  test('a person is asked for the reason of the stop', () => {
    expect(choose(stopped('known'), 'person').done).toEqual({ how: 'person', reason: 'lamps:known' });
  });

  test('another service gets the answers', () => {
    expect(choose(stopped('known'), 'service:pothole').done).toEqual({ how: 'service', service: 'pothole', answers });
  });

  test('the report may be made all the same', () => {
    const going = choose(stopped('known'), 'anyway');
    expect(going.form).toMatchObject({ overrides: ['known'], phase: { at: 'asking', slot: 'how' } });
    expect(texts(going)).toEqual(['lamps:how.ask']);
  });

  test('the open case of the rule is joined, and updates are offered', () => {
    const joined = choose(stopped('known'), 'follow');
    expect(joined.effects).toEqual([{ kind: 'follow-case', reference: 'LA-222-222', answers: { what: 'out' } }]);
    expect(joined.form).toMatchObject({ reference: 'LA-222-222', phase: { at: 'contact' } });
    expect(texts(joined)).toEqual(['common:followed', 'common:contact.ask']);
  });

  test('the open case that the stop itself found comes before that of the rule', () => {
    expect(choose(stopped('known', 'LA-333-333'), 'follow').form.reference).toBe('LA-333-333');
  });

  test.each(['follow', 'reminder'])('where there is nothing to do for "%s", the form ends', (offer) => {
    const ended = choose(stopped('bare'), offer);
    expect(ended).toMatchObject({ effects: [], done: { how: 'stopped' }, form: { phase: { at: 'done' } } });
    expect(texts(ended)).toEqual(['common:ended']);
  });

  test.each([
    ['web', EVENING],
    ['sms', MORNING],
    ['whatsapp', MORNING],
  ])('a reminder on %s comes at its time, by text not at night', (channel, at) => {
    const reminded = choose(stopped('known'), 'reminder', channel);
    const value = { service: 'lamps', answers };
    expect(reminded.effects).toEqual([{ kind: 'set-timer', name: 'reminder:lamps', at, value }]);
    expect(reminded.says).toEqual([{ text: 'common:reminded', params: { at: { moment: at } } }]);
    expect(reminded).toMatchObject({ done: { how: 'stopped' }, form: { phase: { at: 'done' } } });
  });
});

describe('after the ending', () => {
  const offered = formAt({ at: 'offered', offers: ['person'] }, { reference: 'LA-444-444' });

  test('a person is asked for what was submitted', () => {
    expect(choose(offered, 'person').done).toEqual({ how: 'person', reason: 'lamps:offered' });
  });

  test('nothing more: updates on the case are offered', () => {
    const asked = choose(offered, 'none');
    expect(texts(asked)).toEqual(['common:contact.ask']);
    expect(asked.form.phase).toEqual({ at: 'contact' });
    expect(asked.done).toBeUndefined();
  });

  test('nothing more, and no case: that is all', () => {
    const { reference: _, ...answered } = offered;
    const ended = choose(answered, 'none');
    expect(texts(ended)).toEqual(['common:ended']);
    expect(ended.done).toEqual({ how: 'submitted' });
  });
});
