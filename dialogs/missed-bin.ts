import { address, choice, date, defineService } from '../src/conversation/service';
import * as evidence from './missed-bin.evidence.rules';
import * as rules from './missed-bin.rules';
import * as waste from './waste.rules';

export default defineService({
  id: 'missed-bin',
  letters: 'MB',
  content: rules.content,
  oneEach: 'stream',
  slots: {
    address: address(),
    stream: choice('refuse', 'mixed-recycling', 'paper-card', 'food', 'garden'),
    problem: choice('missed', 'moved', 'lid', 'spillage').default('missed'),
    /** Said by the resident, never looked up: it is nobody else's business. */
    collection: choice('kerbside', 'assisted').default('kerbside'),
    missedDay: date({ when: 'past' }).unasked(),
  },
  facts: {
    streams: waste.streamsAt,
    round: ({ address, stream, missedDay }, { collections, now }) =>
      evidence.roundMeant(collections, address, stream, missedDay, now),
    next: ({ address, stream }, { collections, now }) => collections.nextRound(address.uprn, stream, now),
    openReport: (answers, ports) => evidence.openReport(answers, ports),
    earlier: ({ address }, { cases, settings, now }) =>
      cases.countAt('missed-bin', waste.placeOf(address), rules.countedSince(now, settings)),
  },
  stopIf: {
    noRounds: {
      when: ({ address, streams }, { settings }) => waste.noRounds(address, streams, settings),
      offers: ['person', 'change:address'],
    },
    noStream: {
      when: ({ streams, stream }, { settings }) =>
        !streams.includes(stream) && { link: settings.links['garden-waste'] ?? settings.council.website },
      offers: ({ stream }) =>
        stream === 'garden'
          ? ['change:stream', 'service:garden-waste', 'person', 'anyway']
          : ['change:stream', 'person', 'anyway'],
    },
    otherDay: {
      when: ({ round, missedDay, next }, context) => rules.otherDay(round, missedDay, next, context),
      offers: ['anyway', 'person', 'change:missedDay'],
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
      offers: ({ round }) => (round?.exception?.code === 'damaged' ? ['service:new-bin', 'person'] : ['person']),
    },
    alreadyReported: {
      when: ({ openReport }) => openReport && { since: { moment: openReport.openedAt } },
      offers: ['follow', 'person'],
      follow: ({ openReport }) => openReport?.reference,
    },
  },
  params: (known, context) => rules.told(known, context),
  dedupeKey: ({ address, stream, problem, round }) => evidence.reportKey(address, stream, problem, round),
  endings: ['return', 'recorded', 'unverified', 'putRight'],
  submit: (known, context) => rules.reported(known, context),
});
