import { address, choice, defineService, text, yesNo } from '../../../src/conversation/service';
import { textKeys } from '../../../src/conversation/textKeys';

const bins = defineService({
  id: 'bins',
  letters: 'BI',
  slots: {
    address: address(),
    stream: choice('food', 'garden'),
    problem: choice('missed', 'spilled').default('missed'),
    note: text({ max: 100 }).optional(),
    sure: yesNo().maybe(),
  },
  facts: {
    round: ({ address, stream }, { collections, now }) =>
      collections.lastRound(address.uprn, stream === 'food' ? 'food' : 'garden', now),
    reports: async ({ stream }) => (stream === 'food' ? 1 : 0),
  },
  askIf: { sure: ({ reports }) => reports > 0, problem: ({ round }) => round?.finishedAt !== undefined },
  rejectIf: { note: { tooShort: ({ note }) => note !== undefined && note.length < 3 && {} } },
  stopIf: {
    exception: {
      when: ({ round }) => round?.exception && { at: { time: round.exception.at } },
      offers: ['person', 'change:address', 'reminder'],
      remindAt: (_known, { now }) => now,
    },
  },
  dedupeKey: ({ address, stream }) => [address.uprn, stream],
  endings: ['opened', 'unverified'],
  submit: ({ address, round }, { unavailable }) => ({
    ending: unavailable('round') ? 'unverified' : 'opened',
    open: { place: address.uprn, position: address.position, facts: { date: round?.date ?? null } },
  }),
});

describe('textKeys', () => {
  test('lists every text a service can say', () => {
    expect(textKeys(bins)).toEqual(
      [
        'title',
        ...['address.ask', 'address.name'],
        ...['stream.ask', 'stream.name', 'stream.food', 'stream.garden'],
        ...['problem.ask', 'problem.name', 'problem.missed', 'problem.spilled'],
        ...['note.ask', 'note.name', 'note.reject.tooShort'],
        ...['sure.ask', 'sure.name'],
        ...['stop.exception', 'reminder', 'summary', 'done.opened', 'done.unverified'],
      ].map((key) => `bins:${key}`),
    );
  });
});

test('letters are two capitals', () => {
  expect(() =>
    defineService({ id: 'x', letters: 'x', slots: {}, endings: ['done'], submit: () => ({ ending: 'done' }) }),
  ).toThrow('x: letters');
});

/** Never run: it compiles only while wrong names do not. */
function wrongNames(): void {
  const base = { id: 'x', letters: 'XX', slots: { stream: choice('food') } } as const;
  const ends = { endings: ['a'], submit: () => ({ ending: 'a' }) } as const;
  // @ts-expect-error no such slot
  defineService({ ...base, askIf: { streem: () => true }, ...ends });
  // @ts-expect-error no such choice
  defineService({ ...base, askIf: { stream: ({ stream }) => stream === 'fod' }, ...ends });
  // @ts-expect-error no such ending
  defineService({ ...base, endings: ['a'], submit: () => ({ ending: 'b' }) });
  // @ts-expect-error no such answer or fact
  defineService({ ...base, stopIf: { no: { when: ({ two }) => two } }, ...ends });
  // @ts-expect-error a fact has its function's type
  defineService({ ...base, facts: { n: () => 1 }, stopIf: { no: { when: ({ n }) => n.length && {} } }, ...ends });
  // @ts-expect-error change of a slot that is not there
  defineService({ ...base, stopIf: { no: { when: () => ({}), offers: ['change:street'] } }, ...ends });
}
void wrongNames;
