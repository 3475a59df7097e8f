import type { ConversationView, Entry, QueueView } from '../../../src/handoff/api';
import { entriesOf } from '../../../src/handoff/entries';
import { newsOf, unread } from '../../../src/web/desk/state';
import { merge, type Pending, unsaid } from '../../../src/web/desk/thread';
import { duration, eventName, plainName } from '../../../src/web/desk/words';

const entry = (seq: number, more: Partial<Entry> = {}): Entry => ({
  seq,
  id: `a${seq}`,
  at: seq,
  role: 'resident',
  author: null,
  kind: 'message',
  text: `text ${seq}`,
  choices: [],
  attachments: [],
  erased: false,
  ...more,
});

const answer = (seqs: readonly number[], epoch = 1, more: Partial<ConversationView> = {}): ConversationView => ({
  id: 'c1',
  channel: 'web',
  language: 'en',
  optedOut: false,
  lastSeq: seqs.at(-1) ?? 0,
  more: false,
  hold: { state: 'agent', epoch, agentId: 'me', agent: 'Me' },
  entries: seqs.map((seq) => entry(seq)),
  deliveries: [],
  briefing: null,
  cases: [],
  earlier: [],
  ...more,
});

const seqsOf = (view: ConversationView): readonly number[] => view.entries.map((one) => one.seq);

describe('the transcript on the page', () => {
  test('shows each row once and in order, whatever order the answers come in', () => {
    const first = merge(null, answer([1, 2, 3]));
    const later = merge(first, answer([5, 6], 2));
    const late = merge(later, answer([3, 4], 1));
    expect(seqsOf(late)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(late).toMatchObject({ lastSeq: 6, hold: { epoch: 2 } });
  });

  test('takes up older pages without forgetting how far it is', () => {
    const view = merge(merge(null, answer([201, 202])), answer([1, 2]));
    expect(seqsOf(view)).toEqual([1, 2, 201, 202]);
    expect(view.lastSeq).toBe(202);
  });

  test('an answer without rows still brings the present hold', () => {
    const view = merge(merge(null, answer([1, 2])), answer([], 4, { lastSeq: 2 }));
    expect(view).toMatchObject({ hold: { epoch: 4 } });
    expect(seqsOf(view)).toEqual([1, 2]);
  });

  test('another conversation replaces it', () => {
    expect(merge(answer([1]), answer([7], 1, { id: 'c2' }))).toMatchObject({ id: 'c2', lastSeq: 7 });
  });

  test('what was written here is shown until the log holds it, in its own conversation only', () => {
    const one = (clientId: string, id: string | null, conversationId = 'c1'): Pending => ({
      clientId,
      conversationId,
      kind: 'message',
      text: clientId,
      epoch: 1,
      state: 'sending',
      id,
    });
    const pending = [one('unsent', null), one('logged', 'a2'), one('on its way', 'a9'), one('elsewhere', null, 'c2')];
    expect(unsaid(pending, answer([1, 2])).map((each) => each.clientId)).toEqual(['unsent', 'on its way']);
  });
});

describe('what is new', () => {
  const queue = (waiting: number, lastSeq: number, role: Entry['role'] = 'resident'): QueueView => ({
    now: 0,
    waiting: Array.from({ length: waiting }, () => item),
    waitingCount: waiting,
    mine: [{ ...item, lastSeq, last: { seq: lastSeq, role, text: 'Hello?', at: 0 } }],
    colleagues: [],
    messages: 0,
    trouble: 0,
  });
  const item = {
    handoffId: 'h1',
    conversationId: 'c1',
    channel: 'web',
    status: 'claimed',
    lane: 'normal',
    reason: 'asked',
    ask: 'Bins',
    service: null,
    language: null,
    contact: null,
    requestedAt: 0,
    claimedAt: 0,
    closedAt: null,
    outcome: null,
    agent: null,
    epoch: 2,
  } as const;

  test('is what a resident wrote after the agent last looked', () => {
    expect(unread({ queue: queue(0, 5), seen: { c1: 4 } })).toEqual(['c1']);
    expect(unread({ queue: queue(0, 5), seen: { c1: 5 } })).toEqual([]);
    expect(unread({ queue: queue(0, 5, 'agent'), seen: {} })).toEqual([]);
  });

  test('is announced when it grows, and only then', () => {
    const before = { queue: queue(1, 5), seen: { c1: 5 }, news: '' };
    expect(newsOf(before, queue(2, 5))).toBe('2 waiting in the queue');
    expect(newsOf(before, queue(1, 6))).toBe('One chat has a new message');
    expect(newsOf(before, queue(0, 5))).toBe('');
  });

  test('is announced again when the words are the same: a live region that does not change is silent', () => {
    const before = { queue: queue(1, 5), seen: { c1: 5 }, news: '2 waiting in the queue' };
    expect(newsOf(before, queue(2, 5)).trim()).toBe('2 waiting in the queue');
    expect(newsOf(before, queue(2, 5))).not.toBe(before.news);
  });
});

test('waiting times and names read like words', () => {
  const MINUTE = 60_000;
  expect([-5, 59_999, 12 * MINUTE, 185 * MINUTE, 3 * 1440 * MINUTE].map(duration)).toEqual([
    'under a minute',
    'under a minute',
    '12 min',
    '3 h 5 min',
    '3 days',
  ]);
  expect(plainName('missed-bin')).toBe('Missed bin');
});

test('that the resident has left, and how they rated, stands in the transcript', () => {
  const row = (type: string, rest: object) => ({ seq: 1, type, role: 'resident', body: { type, ...rest } }) as never;
  const rows = [
    row('endOfConversation', {}),
    row('event', { name: 'rating', value: { about: 'case', score: 4 } }),
    row('event', { name: 'rating' }),
    row('conversationUpdate', {}),
  ].map((each: object) => ({ ...each, erased_at: null, author: null })) as never;
  expect(entriesOf(rows, new Map()).map(({ text }) => eventName(text))).toEqual([
    'The resident has ended the chat',
    'The resident’s rating: 4 of 5',
    'Rating',
  ]);
});
