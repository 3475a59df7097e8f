import { address, choice, defineService, text } from '../src/conversation/service';
import * as rules from './bin-day.rules';
import * as waste from './waste.rules';

export default defineService({
  id: 'bin-day',
  letters: 'BD',
  content: rules.content,
  slots: {
    /** The question, where it names a thing: "pizza box". */
    binWords: text({ max: 4000 }).unasked(),
    binQuestion: choice('days', 'holiday', 'sorting', 'time').unasked(),
    address: address(),
    stream: choice('refuse', 'mixed-recycling', 'paper-card', 'food', 'garden').unasked(),
  },
  facts: {
    streams: waste.streamsAt,
    rounds: ({ address }, { collections, now }) => rules.roundsAhead(collections, address, now),
    calendar: ({ address }, { collections }) => collections.calendarLink(address.uprn) ?? 'none',
  },
  opening: { slot: 'binWords', saysEnough: rules.namesThing, readBack: false },
  askIf: {
    address: ({ binWords, binQuestion, stream }, context) =>
      rules.asksDays(rules.answerOf(binWords, binQuestion, stream, context)),
  },
  stopIf: {
    noRounds: {
      when: ({ address, streams }, { settings }) => waste.noRounds(address, streams, settings),
      offers: ['person', 'change:address'],
    },
    noStream: {
      when: ({ stream, streams }, { settings }) =>
        stream !== undefined &&
        !streams.includes(stream) && { link: settings.links['garden-waste'] ?? settings.council.website },
      offers: ['change:address', 'person'],
    },
    unknownDays: {
      when: ({ rounds, address }, { settings }) =>
        address !== undefined && rounds.length === 0 && { link: settings.links['bin-day'] ?? 'none' },
      offers: ['person', 'change:address'],
    },
  },
  params: (_known, { settings }) => ({ link: settings.links['bin-day'] ?? settings.council.website }),
  summary: false,
  contact: 'no',
  endings: ['days', 'kind', 'holiday', 'noHoliday', 'item', 'sorting', 'time', 'link'],
  submit: ({ binWords, binQuestion, stream, address, rounds, calendar }, context) =>
    rules.answered(
      rules.answerOf(binWords, binQuestion, stream, context),
      { stream, address, rounds, calendar },
      context,
    ),
});
