import { type Activity, chosen } from '../../../src/web/chat/protocol';
import {
  add,
  asksOf,
  choicesOf,
  type Entry,
  isSeen,
  needsMore,
  receive,
  settle,
  startsDay,
  withAgent,
} from '../../../src/web/chat/transcript';

const bot = (id: string, text = id): Activity => ({ id, type: 'message', text, from: { role: 'bot' } });
const echo = (id: string, clientActivityID: string, text = clientActivityID): Activity => ({
  id,
  type: 'message',
  text,
  from: { role: 'user' },
  channelData: { clientActivityID },
});
const outgoing = (clientId: string) => ({ clientId, at: 1, activity: { type: 'message', text: clientId } });
const texts = (entries: readonly Entry[]) => entries.map(({ text, state }) => `${text}:${state}`);

test('each activity is shown once, whatever comes twice', () => {
  const once = receive([], [bot('a'), echo('b', 'c1'), bot('c')]);
  expect(texts(receive(once, [bot('a'), echo('b', 'c1'), bot('d')]))).toEqual([
    'a:logged',
    'c1:logged',
    'c:logged',
    'd:logged',
  ]);
});

test('an echo takes the place of the message it echoes; what is unsent stays last', () => {
  const written = add(add(receive([], [bot('a')]), outgoing('c1')), outgoing('c2'));
  expect(texts(receive(written, [bot('b')]))).toEqual(['a:logged', 'b:logged', 'c1:sending', 'c2:sending']);
  expect(texts(receive(written, [echo('x', 'c1'), bot('b')]))).toEqual([
    'a:logged',
    'c1:logged',
    'b:logged',
    'c2:sending',
  ]);
});

test('the echo may come before the acknowledgement', () => {
  const entries = receive(add([], outgoing('c1')), [echo('x', 'c1')]);
  expect(texts(settle(entries, 'c1', 'failed'))).toEqual(['c1:logged']);
  expect(texts(settle(add([], outgoing('c1')), 'c1', 'failed'))).toEqual(['c1:failed']);
});

test('choices are those of the last message, until it is answered', () => {
  const actions = [{ type: 'imBack', title: 'Yes', value: 'yes' }];
  const asked = receive([], [{ ...bot('a'), suggestedActions: { actions } }]);
  expect(choicesOf(asked)).toEqual(actions);
  expect(choicesOf(add(asked, outgoing('c1')))).toEqual([]);
});

test('an adviser holds the conversation until the assistant speaks again', () => {
  const agent: Activity = { ...bot('a'), channelData: { author: 'agent' } };
  expect(withAgent(receive([], [bot('x'), agent, echo('e', 'c')]))).toBe(true);
  expect(withAgent(receive([], [agent, bot('x')]))).toBe(false);
});

test('a choice is sent by its words, with the value behind them', () => {
  const pressed = chosen({
    type: 'messageBack',
    title: 'Rubbish',
    text: 'Rubbish',
    displayText: 'Rubbish',
    value: { choice: 'refuse' },
  });
  expect(pressed).toMatchObject({ type: 'message', text: 'Rubbish', value: { choice: 'refuse' } });
  expect(chosen({ type: 'imBack', title: 'Yes', value: 'Yes' })).toEqual({ type: 'message', text: 'Yes' });
  const hidden = chosen({ type: 'postBack', title: 'Pay', value: 'do:pay' });
  expect(receive([], [{ ...hidden, id: 'x', from: { role: 'user' } }])[0]?.text).toBe('Pay');
});

test('what is asked stands until it is answered; only some of it needs more than words', () => {
  const asking = (kind: string): Activity => ({ ...bot('a'), channelData: { asks: { kind } } });
  const entries = receive([], [asking('date')]);
  expect(asksOf(entries)).toEqual({ kind: 'date' });
  expect(asksOf(add(entries, outgoing('c1')))).toBeUndefined();
  expect(needsMore(entries)).toBe(true);
  expect(needsMore(receive([], [asking('text')]))).toBe(false);
  expect(needsMore(receive([], [{ ...bot('a'), attachments: [{ contentType: 'x', content: { title: 'T' } }] }]))).toBe(
    true,
  );
});

test('an event is sent, and not shown', () => {
  expect(add([], { clientId: 'c', at: 1, activity: { type: 'event', name: 'rating' } })).toEqual([]);
});

test('a message is seen once somebody has answered it', () => {
  const sent = add(receive([], [bot('a')]), outgoing('c1'));
  expect(isSeen(sent, 1)).toBe(false);
  expect(isSeen(receive(sent, [echo('x', 'c1'), bot('b')]), 1)).toBe(true);
});

test('days are told apart where the conversation has more than one', () => {
  const at = (id: string, timestamp: string): Activity => ({ ...bot(id), timestamp });
  const days = (...moments: readonly string[]) => {
    const entries = receive(
      [],
      moments.map((moment, index) => at(String(index), moment)),
    );
    return entries.map((_entry, index) => startsDay(entries, index));
  };
  expect(days('2026-11-24T10:00:00', '2026-11-24T23:00:00')).toEqual([false, false]);
  expect(days('2026-11-23T23:59:00', '2026-11-24T00:01:00', '2026-11-24T00:02:00')).toEqual([true, true, false]);
  expect(startsDay(receive([], [bot('a'), bot('b')]), 0)).toBe(false);
});
