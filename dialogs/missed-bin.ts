import { address, choice, dedupeKeyOf, defineService } from '../src/conversation/service';
import * as rules from './missed-bin.rules';

export default defineService({
  id: 'missed-bin',
  letters: 'MB',
  slots: {
    address: address(),
    stream: choice('refuse', 'mixed-recycling', 'paper-card', 'food', 'garden'),
    problem: choice('missed', 'moved', 'lid', 'spillage').default('missed'),
    /** Said by the resident, never looked up: it is nobody else's business. */
    collection: choice('kerbside', 'assisted').default('kerbside'),
  },
  facts: {
    streams: ({ address }, { collections }) => collections.streamsAt(address.uprn),
    round: ({ address, stream }, { collections, now }) => collections.lastRound(address.uprn, stream, now),
    next: ({ address, stream }, { collections, now }) => collections.nextRound(address.uprn, stream, now),
    openReport: async ({ address, stream, problem }, { cases, collections, now }) => {
      const round = await rules.knownRound(collections, address, stream, now);
      return cases.openWithKey(dedupeKeyOf('missed-bin', ...rules.reportKey(address, stream, problem, round)));
    },
    earlier: ({ address }, { cases, settings, now }) =>
      cases.countAt('missed-bin', rules.placeOf(address), rules.countedSince(now, settings)),
  },
  stopIf: {
    noRounds: {
      when: ({ address, streams }, { settings }) =>
        streams.length === 0 && {
          home: rules.selectKey(address.kind),
          link: settings.links['commercial-waste'] ?? 'none',
        },
      offers: ['person', 'change:address'],
    },
    noStream: {
      when: ({ streams, stream }, { settings }) =>
        !streams.includes(stream) && { link: settings.links['garden-waste'] ?? 'none' },
      offers: ['change:stream', 'person', 'anyway'],
    },
    notFinished: {
      when: ({ address, round, problem }, context) => rules.notFinished(address, round, problem, context),
      offers: ['reminder', 'person'],
      remindAt: ({ address, round }, context) => rules.remindAt(address, round, context),
    },
    tooLate: {
      when: ({ round, problem, next }, context) => rules.tooLate(round, problem, next, context),
      offers: ['anyway', 'person'],
    },
    crewRecord: {
      when: ({ round, problem, next }, context) => rules.crewRecord(round, problem, next, context),
      offers: ['person'],
    },
    alreadyReported: {
      when: ({ openReport }) => openReport && { since: { moment: openReport.openedAt } },
      offers: ['follow', 'person'],
      follow: ({ openReport }) => openReport?.reference,
    },
  },
  params: (known, context) => rules.told(known, context),
  dedupeKey: ({ address, stream, problem, round }) => rules.reportKey(address, stream, problem, round),
  endings: ['return', 'recorded', 'unverified', 'putRight'],
  submit: ({ address, problem, collection, round, next, earlier }, context) => {
    const verified = !context.unavailable('round') && !rules.isDisrupted(context.settings);
    const { ending, dueAt } = rules.outcomeOf(round, problem, verified, context);
    const more = rules.deservesMore(earlier, collection === 'assisted', context.settings);
    return {
      ending,
      params: { next: next ? { date: next.date } : 'none', more: more ? 'yes' : 'no' },
      open: {
        place: rules.placeOf(address),
        position: address.position,
        ...(dueAt !== undefined && { dueAt }),
        facts: { round: round?.date ?? null, verified },
      },
      ...(more && { offers: ['service:complaint'] }),
    };
  },
});
