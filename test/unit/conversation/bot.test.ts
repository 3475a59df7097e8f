import { join } from 'node:path';
import { type Activity, BotAdapter, MemoryStorage, type ResourceResponse, TurnContext } from 'botbuilder';
import fc from 'fast-check';
import { createBot } from '../../../src/conversation/bot';
import { createCommands } from '../../../src/conversation/commands';
import type { Effect, Handoff, Json, Recogniser, Understanding } from '../../../src/conversation/ports';
import { createRender } from '../../../src/conversation/render';
import { choice, defineService, place, text } from '../../../src/conversation/service';
import type { Settings } from '../../../src/conversation/settings';
import { EFFECTS, TURN, type TurnFacts } from '../../../src/conversation/turn';

/** The bot around a fake recogniser and two small services whose wording is borrowed from the real ones. */

const LOCALES = join(__dirname, '../../../locales');
const render = createRender(LOCALES);
const commands = createCommands(LOCALES, render.languages);
const NOW = Date.parse('2026-11-24T14:00:00Z');

const pothole = defineService({
  id: 'pothole',
  letters: 'PH',
  slots: { place: place(), size: choice('small', 'wide') },
  endings: ['standard'],
  submit: ({ place }) => ({ ending: 'standard', open: { place: place.street?.id ?? '' } }),
});
const complaint = defineService({
  id: 'complaint',
  letters: 'CO',
  slots: { what: text({ max: 200 }) },
  contact: 'no',
  endings: ['first'],
  submit: () => ({ ending: 'first', open: {} }),
});

/** Says what the words name: "pothole", "complain", "fire" (danger), "tak" (Polish). */
const recogniser: Recogniser = {
  recognise: (words): Understanding => {
    const named = /pothole|complain|hello|library|human/.exec(words)?.[0];
    const intent =
      { pothole: 'pothole', complain: 'complaint', hello: 'greeting', library: 'libraries', human: 'talk-to-agent' }[
        named ?? ''
      ] ?? 'none';
    const code = words.includes('dziura') ? 'pl' : 'en';
    return {
      text: words.trim(),
      language: { code, confidence: 0.95 },
      intents: [{ intent, confidence: 0.9 }],
      band: intent === 'none' ? 'none' : words.includes('maybe') ? 'ask' : 'act',
      emergency: words.includes('fire'),
      alsoWants: [],
      entities: [],
    };
  },
};

class Recorder extends BotAdapter {
  readonly sent: Partial<Activity>[] = [];
  override async sendActivities(_context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    this.sent.push(...activities);
    return activities.map(() => ({ id: '' }));
  }
  override async updateActivity(): Promise<void> {}
  override async deleteActivity(): Promise<void> {}
  override async continueConversation(): Promise<void> {}
}

const settings = {
  council: { name: 'Wandlebridge Council', shortName: 'Wandlebridge' },
  phones: {},
  links: { libraries: 'https://x.example/libraries' },
  signposts: [],
} as unknown as Settings;
const street = {
  street: {
    id: 'S1',
    name: 'Sample Road',
    locality: 'WB1',
    position: { lat: 51.4, lon: -0.2 },
    owner: { kind: 'council' },
  },
  score: 1,
};
const open: Awaited<ReturnType<Handoff['availability']>> = { open: true, agentsOn: 1, waiting: 0 };

function conversation(channel = 'web', availability = open) {
  const none = async () => [];
  const gazetteer = {
    findStreets: none,
    findAddresses: none,
    findLandmarks: none,
    streetsNear: async () => [street],
    postcode: none,
    postcodeNear: async () => undefined,
  };
  const parts = {
    recogniser,
    render,
    commands,
    services: [pothole, complaint],
    settings: () => settings,
    handoff: { availability: async () => availability },
    gazetteer,
    collections: {},
    cases: {},
  };
  const bot = createBot(parts as never)(new MemoryStorage());
  const state = { now: NOW, hold: 'bot' as TurnFacts['hold'], references: 0 };
  const turn = async (activity: Partial<Activity>) => {
    const adapter = new Recorder();
    const effects: Effect[] = [];
    const parties = {
      from: { id: channel === 'sms' ? '+447700900123' : 'r', name: '' },
      recipient: { id: 'wandle', name: '' },
      conversation: { id: 'c' },
    };
    const context = new TurnContext(adapter, { id: 'a', channelId: channel, ...parties, ...activity } as Activity);
    const newReference = (letters: string) => `${letters}-${++state.references}`;
    context.turnState.set(EFFECTS, effects);
    context.turnState.set(TURN, {
      conversationId: 'c',
      channel,
      now: state.now,
      language: 'en',
      languageExplicit: false,
      hold: state.hold,
      newReference,
    } satisfies TurnFacts);
    await bot.run(context);
    if (effects.some(({ kind }) => kind === 'request-handoff')) state.hold = 'queued';
    if (effects.some(({ kind }) => kind === 'cancel-handoff')) state.hold = 'bot';
    return { texts: adapter.sent.map((sent) => sent.text ?? ''), sent: adapter.sent, effects };
  };
  return {
    state,
    turn,
    say: (words: string, more: Partial<Activity> = {}) => turn({ type: 'message', text: words, ...more }),
  };
}

const said = (key: `${string}:${string}`, language = 'en') => render.say({ text: key }, language).text;

describe('greeting', () => {
  test('once, and only for the resident', async () => {
    const it = conversation();
    const joined = (id: string) => it.turn({ type: 'conversationUpdate', membersAdded: [{ id, name: '' }] });
    expect((await joined('wandle')).texts).toEqual([]);
    expect((await joined('r')).texts[0]).toContain('automated assistant');
    expect((await joined('r')).texts).toEqual([]);
  });

  test('by text the first reply names the council and how to stop', async () => {
    const it = conversation('sms');
    const { texts } = await it.say('hello');
    expect(texts).toHaveLength(1);
    expect(texts[0]).toMatch(/^Wandlebridge.*STOP/);
    expect((await it.say('hello')).texts[0]).not.toContain('STOP');
  });

  test('an emergency comes before it', async () => {
    const { texts, effects } = await conversation('sms').say('fire!');
    expect(texts).toHaveLength(1);
    expect(texts[0]).toMatch(/^If anybody is in danger, call 999/);
    expect(effects).toContainEqual(expect.objectContaining({ kind: 'alert', what: 'emergency', text: 'fire!' }));
  });
});

describe('a file that the channel could not take', () => {
  const attachments = [{ contentType: 'application/vnd.microsoft.teams.file.download.info' }];

  test('is told to the resident, and what they say is answered', async () => {
    const { texts, sent } = await conversation().say('pothole', { attachments });
    expect(texts[0]).toBe(said('common:file.refused'));
    expect(texts.length).toBeGreaterThan(1);
    expect(sent.at(-1)?.text).toBe((await conversation().say('pothole')).texts.at(-1));
  });

  test('is not worth a word in an emergency, nor is a file that was taken', async () => {
    const emergency = await conversation().say('fire!', { attachments });
    const taken = await conversation().say('pothole', {
      attachments: [{ contentType: 'x/y', contentUrl: 'https://x.example/1' }],
    });
    expect([...emergency.texts, ...taken.texts]).not.toContain(said('common:file.refused'));
  });
});

describe('a number that had opted out', () => {
  const started = { type: 'event', name: 'sms.start' } as const;

  test('START is answered, and the open form goes on', async () => {
    const it = conversation('sms');
    await it.say('complain');
    const { texts } = await it.turn(started);
    expect(texts).toHaveLength(1);
    expect(texts[0]).toContain(said('common:started'));
    expect(texts[0]).toContain(said('complaint:what.ask'));
  });

  test('with nothing open the resident is asked what they want', async () => {
    const { texts } = await conversation('sms').turn(started);
    expect(texts).toEqual([`${said('common:started')}\n${said('common:started.what')}`]);
  });
});

describe('where abuse is likely', () => {
  const ABUSE = 'fire! my husband hits me';
  const flags = (sent: readonly Partial<Activity>[]) => sent.map(({ channelData }) => channelData);

  test('the page is told to be quiet, from then on', async () => {
    const it = conversation();
    expect(flags((await it.say('hello')).sent)).toEqual([undefined]);
    const quiet = { quiet: true };
    expect(flags((await it.say(ABUSE)).sent)).toEqual([quiet, quiet]);
    expect(flags((await it.say('hello')).sent)).toEqual([quiet]);
  });

  test('no timer is set, and what was set before is cancelled', async () => {
    const it = conversation('sms');
    await it.say('complain');
    expect((await it.say(ABUSE)).effects).toContainEqual({ kind: 'cancel-timers' });
    const kinds = (await it.say('it was loud')).effects.map(({ kind }) => kind);
    expect(kinds).not.toContain('set-timer');
  });

  test('a timer that rings all the same says nothing', async () => {
    const it = conversation('sms');
    await it.say('complain');
    await it.say(ABUSE);
    for (const name of ['form-left', 'queue', 'reminder:pothole'])
      expect((await it.turn({ type: 'event', name: 'timer', value: { name, value: null } })).texts).toEqual([]);
  });

  test('the place in the queue says so first', async () => {
    const it = conversation();
    await it.say(ABUSE);
    const { effects } = await it.say('human');
    const facts = [{ name: said('common:desk.safety'), value: said('common:desk.doNotContact'), source: 'said' }];
    expect(effects).toMatchObject([{ kind: 'request-handoff', lane: 'emergency', reason: 'emergency-quiet', facts }]);
  });
});

describe('what comes from outside is not trusted', () => {
  test.each([
    ['do:emergency-agent'],
    [{ choice: 'do:cancel-handoff' }],
    [{ choice: { toString: 'x' } }],
    [[1]],
    [{ choice: 'x'.repeat(500) }],
  ])('a value that was not offered (%j) does nothing', async (value) => {
    const { effects } = await conversation().say('', { value });
    expect(effects.filter(({ kind }) => kind !== 'note-misunderstood')).toEqual([]);
  });

  test('a position out of the world is none; one in it answers the place', async () => {
    const it = conversation();
    await it.say('pothole');
    const geo = (latitude: Json) => it.say('', { entities: [{ type: 'GeoCoordinates', latitude, longitude: -0.2 }] });
    const first = await geo(951);
    expect(first.texts).not.toContain(said('pothole:size.ask'));
    expect((await geo(51.4)).texts.at(-1)).toBe(said('pothole:size.ask'));
  });
});

describe('buttons', () => {
  test('carry a value that comes back as the choice', async () => {
    const it = conversation();
    await it.say('maybe complain');
    const { sent, texts } = await it.say('maybe complain');
    expect(texts).toEqual(['Do you mean: complaint?']);
    const [action] = sent.at(-1)?.suggestedActions?.actions ?? [];
    expect(action).toMatchObject({ type: 'messageBack', value: { choice: 'do:service:complaint' } });
    expect((await it.say('anything', { value: action?.value })).texts.at(-1)).toBe(said('complaint:what.ask'));
  });
});

describe('what a message asks for', () => {
  const asks = (sent: readonly Partial<Activity>[]) => sent.map(({ channelData }) => channelData?.asks);
  const here = { entities: [{ type: 'GeoCoordinates', latitude: 51.4, longitude: -0.2 }] };
  const submitted = async () => {
    const it = conversation();
    await it.say('complain');
    await it.say('they never rang back');
    return { it, end: await it.say('', { value: 'yes' }) };
  };

  test('stands beside the question, and nowhere by text', async () => {
    const it = conversation();
    expect(asks((await it.say('pothole')).sent).at(-1)).toEqual({ kind: 'place' });
    expect(asks((await it.say('', here)).sent).at(-1)).toEqual({ kind: 'choice' });
    expect(asks((await conversation('sms').say('pothole')).sent)).toEqual([undefined]);
  });

  test('a position with its name is read as the position, not as words', async () => {
    const it = conversation();
    await it.say('pothole');
    const name = 'Position: near the library';
    const entities = here.entities.map((entity) => ({ ...entity, name }));
    const { sent } = await it.say(name, { entities });
    expect(asks(sent).at(-1)).toEqual({ kind: 'choice' });
  });

  test('a finished report may be rated, once in a conversation', async () => {
    const { it, end } = await submitted();
    expect(asks(end.sent).at(-1)).toEqual({ kind: 'rating', about: 'case' });
    await it.say('complain');
    await it.say('and again');
    expect(asks((await it.say('', { value: 'yes' })).sent).at(-1)).toBeUndefined();
  });

  test('a talk with a person may be rated', async () => {
    const it = conversation();
    const { sent } = await it.turn({ type: 'event', name: 'handoff.status', value: { state: 'completed' } });
    expect(asks(sent)).toEqual([{ kind: 'rating', about: 'handoff' }]);
  });

  test('no rating after an emergency', async () => {
    const it = conversation();
    await it.say('fire!');
    const { sent } = await it.turn({ type: 'event', name: 'handoff.status', value: { state: 'completed' } });
    expect(asks(sent)).toEqual([undefined]);
  });

  test('a rating is thanked for; what is none is not heard', async () => {
    const { it } = await submitted();
    const rate = (value: Json) => it.turn({ type: 'event', name: 'rating', value });
    expect((await rate({ about: 'case', score: 4 })).texts).toEqual([said('common:rating.thanks')]);
    for (const value of [{ about: 'case', score: 6 }, { about: '<script>', score: 1 }, { score: 1 }, 5, null])
      expect((await rate(value)).texts).toEqual([]);
  });
});

describe('the language menu of the page', () => {
  test('works at any time, though it was never offered, and the form goes on', async () => {
    const it = conversation();
    await it.say('pothole');
    const { texts, effects } = await it.say('polski', { value: 'do:language:pl' });
    expect(effects).toContainEqual({ kind: 'set-language', language: 'pl', explicit: true });
    expect(texts[0]).toBe(render.say({ text: 'common:language.set' }, 'pl').text);
    expect(texts.at(-1)).toBe(render.say({ text: 'pothole:place.ask' }, 'pl').text);
  });

  test('no other value that was not offered is acted on', async () => {
    const it = conversation();
    expect((await it.say('x', { value: 'do:language:xx' })).effects).not.toContainEqual(
      expect.objectContaining({ kind: 'set-language' }),
    );
    expect((await it.say('x', { value: 'cmd:agent' })).effects).not.toContainEqual(
      expect.objectContaining({ kind: 'request-handoff' }),
    );
  });
});

describe('a person', () => {
  test('is asked for once, and can be declined', async () => {
    const it = conversation();
    expect((await it.say('human')).effects).toMatchObject([
      { kind: 'request-handoff', lane: 'normal' },
      { kind: 'set-timer', name: 'queue' },
    ]);
    expect((await it.say('human')).effects).toEqual([]);
    expect((await it.say('Stop waiting')).effects).toEqual([
      { kind: 'cancel-handoff' },
      { kind: 'cancel-timer', name: 'queue' },
    ]);
  });

  test('what is said while waiting is noted, and a form can go on', async () => {
    const it = conversation();
    await it.say('human');
    expect((await it.say('my name is Jo')).texts).toEqual([said('common:handoff.noted')]);
    expect((await it.say('complain')).texts.at(-1)).toBe(said('complaint:what.ask'));
  });

  test('is never silence when nobody is there', async () => {
    const { texts, effects, sent } = await conversation('web', { open: false, agentsOn: 0, waiting: 0 }).say('human');
    expect(effects).toEqual([]);
    expect(texts[0]).toContain('No person is available');
    expect(sent[0]?.suggestedActions?.actions.map(({ title }) => title)).toEqual([
      'Call me back',
      'Leave a message',
      'No, thank you',
    ]);
  });

  test('gives the conversation back to the form', async () => {
    const it = conversation();
    await it.say('complain');
    const { texts } = await it.turn({
      type: 'event',
      name: 'handoff.status',
      value: { state: 'completed', outcome: 'x' },
    });
    expect([texts[0], texts.at(-1)]).toEqual([said('common:handoff.back'), said('complaint:what.ask')]);
  });
});

test('words in another language change it', async () => {
  const { texts, effects } = await conversation().say('dziura w naszej drodze');
  expect(effects).toContainEqual({ kind: 'set-language', language: 'pl', explicit: false });
  expect(texts).toEqual([said('common:none.first', 'pl')]);
});

test('a label without a dialog is answered with its link and a person', async () => {
  const { texts, sent } = await conversation().say('library');
  expect(texts[0]).toContain('https://x.example/libraries');
  expect(sent[0]?.suggestedActions?.actions.map(({ title }) => title)).toEqual(['Ask a person']);
});

test('a form left on the phone is asked about after 45 minutes, never at night', async () => {
  const it = conversation('sms');
  expect((await it.say('complain')).effects).toContainEqual({
    kind: 'set-timer',
    name: 'form-left',
    at: NOW + 45 * 60_000,
  });
  const { texts } = await it.turn({ type: 'event', name: 'timer', value: { name: 'form-left', value: null } });
  expect(texts[0]).toContain('Shall we go on?');
  it.state.now = Date.parse('2026-11-24T20:30:00Z');
  expect((await it.say('go on')).effects).toContainEqual({ kind: 'cancel-timer', name: 'form-left' });
});

test('any sequence of messages is answered each time, and opens each case once', async () => {
  const words = fc.constantFrom(
    'pothole',
    'complain',
    'maybe complain',
    'yes',
    'no',
    'back',
    'stop',
    'start over',
    'keep it',
    'help',
    'why',
    'agent',
    'human',
    'repeat',
    'skip',
    'fire',
    'hello',
    'library',
    '1',
    '2',
    'the last',
    'change the place',
    'bla bla',
    '',
    'Sample Road',
    'language',
    'polski',
    'go on',
    'none of these',
    'menu',
    '{weird} <b>text</b>',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('web', 'sms'),
      fc.array(words, { minLength: 1, maxLength: 12 }),
      async (channel, messages) => {
        const it = conversation(channel);
        const opened: string[] = [];
        for (const message of messages) {
          const { texts, effects } = await it.say(message);
          expect(texts.length).toBeGreaterThan(0);
          expect(texts.every((text) => text !== '')).toBe(true);
          opened.push(...effects.flatMap((effect) => (effect.kind === 'open-case' ? [effect.reference] : [])));
        }
        expect(new Set(opened).size).toBe(opened.length);
      },
    ),
    { numRuns: 120 },
  );
});
