import { Idle, isAttended } from '../../../src/web/chat/safety/idle';
import { createPresses } from '../../../src/web/chat/safety/presses';
import type { Entry } from '../../../src/web/chat/transcript';

const MINUTE = 60_000;

describe('a chat nobody uses', () => {
  test('is asked about two minutes before it is cleared, and counts down', () => {
    const idle = new Idle(15 * MINUTE, 0);
    expect(idle.left(13 * MINUTE - 1, false)).toBeUndefined();
    expect(idle.left(13 * MINUTE, false)).toBe(2 * MINUTE);
    expect(idle.left(14 * MINUTE, false)).toBe(MINUTE);
    expect(idle.left(15 * MINUTE, false)).toBe(0);
  });

  test('stays when somebody does something', () => {
    const idle = new Idle(15 * MINUTE, 0);
    idle.left(14 * MINUTE, false);
    idle.touch(14 * MINUTE);
    expect(idle.left(15 * MINUTE, false)).toBeUndefined();
    expect(idle.left(29 * MINUTE, false)).toBe(0);
  });

  test('is cleared at once by a device that slept; never without the whole warning while a person is waited for', () => {
    expect(new Idle(15 * MINUTE, 0).left(60 * MINUTE, false)).toBe(0);
    const idle = new Idle(15 * MINUTE, 0);
    expect(idle.left(60 * MINUTE, true)).toBe(2 * MINUTE);
    expect(idle.left(62 * MINUTE, true)).toBe(0);
  });

  test.each<[string, Partial<Entry>, boolean]>([
    ['the assistant speaks', { who: 'bot' }, false],
    ['an adviser speaks', { who: 'agent' }, true],
    ['the desk tells that somebody comes', { who: 'system' }, true],
    ['the resident is in the line', { actions: [{ type: 'x', value: { choice: 'do:cancel-handoff' } }] }, true],
    ['something else is offered', { actions: [{ type: 'x', value: 'Skip' }] }, false],
  ])('knows whether a person is waited for: %s', (_name, change, expected) => {
    const entry: Entry = { key: '1', who: 'bot', text: '', at: 0, state: 'logged', actions: [], attachments: [] };
    expect(
      isAttended([
        { ...entry, ...change },
        { ...entry, key: '2', who: 'me' },
      ]),
    ).toBe(expected);
  });
});

describe('Escape three times', () => {
  const press = (keys: readonly (readonly [key: string, at: number, repeat?: boolean])[]) => {
    const isThird = createPresses();
    return keys.map(([key, at, repeat = false]) => isThird({ key, repeat, at }));
  };
  test('counts presses in a row', () => {
    expect(
      press([
        ['Escape', 1000],
        ['Escape', 1300],
        ['Escape', 1600],
      ]),
    ).toEqual([false, false, true]);
  });
  test.each<[string, Parameters<typeof press>[0]]>([
    [
      'another key in between',
      [
        ['Escape', 1000],
        ['a', 1100],
        ['Escape', 1200],
        ['Escape', 1300],
      ],
    ],
    [
      'too long in between',
      [
        ['Escape', 1000],
        ['Escape', 2000],
        ['Escape', 7001],
      ],
    ],
    [
      'one key held down',
      [
        ['Escape', 1000],
        ['Escape', 1100, true],
        ['Escape', 1200, true],
      ],
    ],
  ])('not with %s', (_name, keys) => {
    expect(press(keys)).not.toContain(true);
  });
});
