import type { Form, Known, Progress } from '../../../src/conversation/form';
import { quiet } from '../../../src/conversation/form';
import {
  again,
  askWhatToChange,
  blank,
  isComplete,
  left,
  misread,
  repair,
  resumeSay,
} from '../../../src/conversation/repair';
import { choice, defineService, text } from '../../../src/conversation/service';
import type { Settings } from '../../../src/conversation/settings';

const trees = defineService({
  id: 'trees',
  letters: 'TR',
  slots: {
    what: choice('cut', 'plant'),
    kind: choice('street', 'park').default('street'),
    note: text({ max: 50 }).optional(),
    name: text({ max: 50 }).maybe(),
  },
  askIf: { name: ({ what }) => what === 'plant' },
  draftHours: 48,
  endings: ['sent'],
  submit: () => ({ ending: 'sent', open: {} }),
  submitOnLeave: ['what', 'name'],
});
const known = (more: Partial<Known> = {}): Known =>
  ({
    now: 5,
    channel: 'web',
    language: 'en',
    settings: { council: { phone: '020 7946 0000' } } as unknown as Settings,
    found: { '{"need":"reference","letters":"TR"}': 'TR-222-222' },
    facts: [],
    has: () => false,
    ...more,
  }) as Known;
const said = (value: string) => ({ value, words: value, source: 'said' }) as const;
const at = (phase: Form['phase'], answers: Form['answers'] = {}, more: Partial<Form> = {}): Form => ({
  ...blank(trees, 'the first words', 0),
  phase,
  answers,
  order: Object.keys(answers),
  ...more,
});
const asking = (slot: string, answers: Form['answers'] = {}, more: Partial<Form> = {}): Form =>
  at({ at: 'asking', slot }, answers, more);
const texts = (progress: Progress | undefined): readonly string[] | undefined => progress?.says.map((say) => say.text);
const values = (progress: Progress | undefined): readonly string[] =>
  progress?.says.at(-1)?.choices?.map(({ value }) => value) ?? [];

describe('what a form waits for, said again', () => {
  test.each([
    ['asking', asking('what'), ['trees:what.ask'], ['cut', 'plant']],
    ['summary', at({ at: 'summary' }), ['trees:summary'], ['yes', 'change']],
    ['changing', at({ at: 'changing' }, { what: said('cut') }), ['common:change.what'], ['change:what', 'change:note']],
    ['leaving', at({ at: 'leaving' }), ['common:leave.ask'], ['keep', 'drop', 'go-on']],
    ['resuming', at({ at: 'resuming' }), ['common:resume.ask'], ['go-on', 'start-over', 'drop']],
    ['stopped', at({ at: 'stopped', reason: 'x', offers: ['person'] }), ['common:offer.which'], ['person', 'none']],
    ['offered', at({ at: 'offered', offers: ['person'] }), ['common:offer.which'], ['person', 'none']],
    ['contact', at({ at: 'contact' }), ['common:contact.ask'], ['no']],
  ] as const)('%s', (_phase, form, expected, choices) => {
    const progress = again(trees, quiet(form), known());
    expect(texts(progress)).toEqual(expected);
    expect(values(progress)).toEqual(choices);
    expect(progress.done).toBeUndefined();
  });

  test('contact, where the number is known', () => {
    const progress = again(trees, quiet(at({ at: 'contact' })), known({ phone: '+447700900123' }));
    expect([texts(progress), values(progress)]).toEqual([['common:contact.askKnown'], ['yes', 'no']]);
  });
  test('nothing, where it is over', () => {
    expect(again(trees, quiet(at({ at: 'done' })), known())).toMatchObject({ says: [], done: { how: 'submitted' } });
  });
});

describe('leaving', () => {
  const complete = { what: said('plant'), name: said('Sam') };

  test('with nothing said asks nothing', () => {
    for (const answers of [{}, { kind: said('street') }, { note: { ...said(''), value: null } }]) {
      const progress = repair(trees, asking('what', answers), known(), 'stop', undefined);
      expect([texts(progress), progress?.done]).toEqual([['common:leave.done'], { how: 'dropped' }]);
    }
  });
  test('with something said asks whether to keep it; a second stop keeps it', () => {
    const asked = repair(trees, asking('note', { what: said('plant') }), known(), 'stop', undefined);
    expect([texts(asked), asked?.form.phase, asked?.done]).toEqual([
      ['common:leave.ask'],
      { at: 'leaving' },
      undefined,
    ]);
    const kept = asked && repair(trees, asked.form, known(), 'stop', undefined);
    expect([kept?.says, kept?.done]).toEqual([[{ text: 'common:leave.kept', params: { hours: 48 } }], { how: 'kept' }]);
  });
  test('after the reference asks nothing', () => {
    const form = at({ at: 'contact' }, { what: said('cut') }, { reference: 'TR-222-222' });
    expect(repair(trees, form, known(), 'stop', undefined)?.done).toEqual({ how: 'dropped' });
  });
  test('drops or keeps what is not complete', () => {
    const form = asking('note', { what: said('plant') });
    expect(left(trees, quiet(form), known(), false)).toMatchObject({
      says: [{ text: 'common:leave.done' }],
      done: { how: 'dropped' },
    });
    expect(left(trees, quiet(form), known(), true)).toMatchObject({ effects: [], done: { how: 'kept' } });
  });
  test('sends what is complete, unless it is taken back', () => {
    const form = asking('note', complete);
    expect(left(trees, quiet(form), known(), true).effects).toMatchObject([
      { kind: 'open-case', reference: 'TR-222-222' },
    ]);
    expect(left(trees, quiet(form), known(), false)).toMatchObject({ effects: [], done: { how: 'dropped' } });
    expect(texts(repair(trees, form, known(), 'stop', undefined))).toEqual(['common:leave.complete']);
  });
  test('is complete with all that is asked of what the law needs', () => {
    expect(isComplete(trees, asking('note', complete), known())).toBe(true);
    expect(isComplete(trees, asking('note', { what: said('plant') }), known())).toBe(false);
    expect(isComplete(trees, asking('note', { ...complete, name: { ...said(''), value: null } }), known())).toBe(false);
    // The name is not asked here.
    expect(isComplete(trees, asking('note', { what: said('cut') }), known())).toBe(true);
    expect(isComplete(trees, asking('note', complete, { reference: 'TR-222-222' }), known())).toBe(false);
    const { submitOnLeave: _, ...kept } = trees;
    expect(isComplete(kept, asking('note', complete), known())).toBe(false);
  });
});

describe('what cannot be read', () => {
  test('is asked in other words first', () => {
    const progress = misread(trees, asking('what'), known());
    expect([texts(progress), progress.form.misses]).toEqual([['common:again.choice'], 1]);
  });
  test.each([
    [at({ at: 'summary' }), 'common:again.offered', 'trees:summary'],
    [at({ at: 'stopped', reason: 'x', offers: ['person'] }), 'common:again.disputed', 'common:offer.which'],
    [at({ at: 'offered', offers: ['person'] }), 'common:again.disputed', 'common:offer.which'],
    [at({ at: 'offered', offers: ['anyway'] }), 'common:again.offered', 'common:offer.which'],
  ] as const)('elsewhere says that it does not fit: %#', (form, first, second) =>
    expect(texts(misread(trees, form, known()))).toEqual([first, second]),
  );

  test('is for a person the second time, and never said in the same words twice', () => {
    const second = misread(trees, asking('what', {}, { misses: 1 }), known());
    expect(second.says).toMatchObject([{ text: 'common:stuck', params: { phone: '020 7946 0000' } }]);
    expect(values(second)).toEqual(['cmd:agent', 'cmd:repeat-question', 'cmd:stop']);
    expect(texts(misread(trees, second.form, known()))).toEqual(['common:stuck.still']);
  });
  test('may be skipped where the question may', () => {
    const choices = values(misread(trees, asking('note', {}, { misses: 1 }), known()));
    expect(choices).toEqual(['cmd:agent', 'cmd:skip', 'cmd:repeat-question', 'cmd:stop']);
    expect(values(misread(trees, at({ at: 'summary' }, {}, { misses: 1 }), known()))).not.toContain('cmd:skip');
  });
  test('names no number where there is none', () => {
    const settings = { council: {} } as unknown as Settings;
    expect(misread(trees, asking('what', {}, { misses: 1 }), known({ settings })).says[0]?.params).toEqual({
      phone: '',
    });
  });
});

describe('skipping and asking why', () => {
  test('only what is optional can be skipped; not knowing is no answer to the rest', () => {
    expect(
      repair(trees, asking('note', { what: said('cut') }), known(), 'skip', undefined)?.form.answers.note,
    ).toMatchObject({ value: null });
    expect(
      repair(trees, asking('note', { what: said('cut') }), known(), 'dont-know', undefined)?.form.answers.note,
    ).toMatchObject({ value: null });
    expect(texts(repair(trees, asking('what'), known(), 'skip', undefined))).toEqual([
      'common:skip.not',
      'trees:what.ask',
    ]);
    expect(repair(trees, asking('what'), known(), 'dont-know', undefined)).toBeUndefined();
    expect(repair(trees, at({ at: 'summary' }), known(), 'skip', undefined)).toBeUndefined();
  });
  test('why is the service’s own reason, else what forms are for', () => {
    const has = (key: string): boolean => key === 'trees:what.why';
    expect(texts(repair(trees, asking('what'), known({ has }), 'help', undefined))).toEqual([
      'trees:what.why',
      'common:again.choice',
    ]);
    expect(texts(repair(trees, asking('what'), known(), 'help', undefined))).toEqual([
      'common:help.form',
      'common:again.choice',
    ]);
    expect(texts(repair(trees, at({ at: 'summary' }), known(), 'help', undefined))).toEqual([
      'common:help.form',
      'trees:summary',
    ]);
    expect(texts(repair(trees, at({ at: 'contact' }), known(), 'help', undefined))).toEqual([
      'common:contact.why',
      'common:contact.ask',
    ]);
  });
});

describe('changing and going back', () => {
  test('nothing changes after the reference', () => {
    const form = at({ at: 'contact' }, { what: said('cut') }, { reference: 'TR-222-222' });
    expect(repair(trees, form, known(), 'change', 'what')).toBeUndefined();
    expect(askWhatToChange(trees, form, known())).toBeUndefined();
    expect(texts(repair(trees, form, known(), 'back', undefined))).toEqual(['common:back.none', 'common:contact.ask']);
  });
  test('a question that there is not cannot be changed', () =>
    expect(repair(trees, asking('what'), known(), 'change', 'nonsense')).toBeUndefined());
  test('back leads to the last answer that was given to a question before', () => {
    const form = asking('note', { what: said('cut'), kind: said('street') });
    const progress = repair(trees, form, known(), 'back', undefined);
    expect(progress?.form).toMatchObject({ phase: { at: 'asking', slot: 'what' } });
    expect(progress?.form.answers).not.toHaveProperty('what');
    expect(texts(repair(trees, asking('what', { note: said('later') }), known(), 'back', undefined))?.[0]).toBe(
      'common:back.none',
    );
    expect(texts(repair(trees, at({ at: 'summary' }), known(), 'back', undefined))).toEqual(['common:change.what']);
  });
  test('back from half an answer asks for it anew', () => {
    const form = asking('note', { what: said('cut') }, { partials: { note: 'half' } });
    expect(repair(trees, form, known(), 'back', undefined)?.form).toMatchObject({
      phase: { at: 'asking', slot: 'note' },
      partials: {},
    });
  });
  test('starting over keeps the first words and nothing else', () => {
    const progress = repair(trees, asking('note', { what: said('cut') }), known(), 'start-over', undefined);
    expect(texts(progress)).toEqual(['common:startedOver', 'trees:what.ask']);
    expect(progress?.form).toMatchObject({ answers: {}, order: [], ask: 'the first words' });
    const over = repair(
      trees,
      at({ at: 'contact' }, {}, { reference: 'TR-222-222' }),
      known(),
      'start-over',
      undefined,
    );
    expect([texts(over), over?.done]).toEqual([['common:ended'], { how: 'submitted' }]);
  });
});

test('coming back names what was under way', () => {
  expect(resumeSay(trees).params).toEqual({ title: { label: 'trees:title' } });
});
