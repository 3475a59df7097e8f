import { momentOf } from '../src/conversation/calendar';
import { address, choice, defineService, number, pick, text } from '../src/conversation/service';
import * as rules from './bulky-waste.rules';
import { placeOf } from './waste.rules';

export default defineService({
  id: 'bulky-waste',
  letters: 'BW',
  content: rules.content,
  slots: {
    bulkyWant: choice('book', 'price', 'change', 'chase').default('book'),
    bulkyWhose: choice('own', 'dumped').default('own'),
    bulkyItems: text({ max: 300 }),
    bulkyCount: number({ min: 1, max: 50 }),
    address: address(),
    bulkyDay: pick(),
  },
  facts: {
    freeDays: (_answers, { cases, settings, now }) => rules.freeDays(cases, settings, now),
    vanPlace: ({ bulkyDay }, { cases, settings, now }) => rules.vanPlace(cases, bulkyDay, settings, now),
  },
  opening: { slot: 'bulkyItems', saysEnough: rules.namesThings, readBack: false },
  options: { bulkyDay: ({ freeDays }) => freeDays.map((date) => ({ value: date, params: { date: { date } } })) },
  rejectIf: {
    bulkyItems: { noThing: ({ bulkyItems }) => !/\p{L}{2}/u.test(bulkyItems) && {} },
    bulkyCount: { tooMany: ({ bulkyCount }, { settings }) => rules.tooMany(bulkyCount, settings) },
  },
  stopIf: {
    dumped: {
      when: ({ bulkyWhose }) => bulkyWhose === 'dumped' && {},
      offers: ['service:fly-tipping', 'anyway'],
    },
    booked: {
      when: ({ bulkyWant }, context) => (bulkyWant === 'change' || bulkyWant === 'chase') && rules.pageTold(context),
      offers: ['person', 'service:check-case'],
    },
    prices: {
      when: ({ bulkyWant }, context) => bulkyWant === 'price' && rules.pricesTold(context),
      offers: ['anyway', 'person'],
    },
    notTaken: {
      when: ({ bulkyItems }, context) => rules.notTaken(bulkyItems, context),
      offers: ['change:bulkyItems', 'person'],
    },
    business: {
      when: ({ address }, { settings }) =>
        address.kind === 'commercial' && { link: settings.links['commercial-waste'] ?? settings.council.website },
      offers: ['change:address', 'person'],
    },
    noDays: {
      when: ({ freeDays, address }, context) =>
        address !== undefined && freeDays.length === 0 && rules.pageTold(context),
      offers: ['person'],
    },
    /** Also where the bookings cannot be looked up. */
    noneFits: {
      when: ({ bulkyDay }, context) => bulkyDay === 'none' && rules.pageTold(context),
      offers: ['change:bulkyDay', 'person'],
    },
    dayTaken: {
      when: ({ bulkyDay, vanPlace }) => vanPlace === 0 && { taken: { date: bulkyDay } },
      offers: ['change:bulkyDay', 'person'],
    },
  },
  params: (known, context) => rules.told(known, context),
  dedupeKey: ({ bulkyDay, vanPlace }) => [bulkyDay, String(vanPlace)],
  isExclusive: true,
  endings: ['booked'],
  submit: ({ address, bulkyDay, bulkyCount, vanPlace }, { settings }) => ({
    ending: 'booked',
    open: {
      place: placeOf(address),
      position: address.position,
      dueAt: momentOf(bulkyDay, '23:59'),
      facts: { day: bulkyDay, vanPlace: vanPlace ?? null, price: rules.priceOf(bulkyCount, settings) ?? null },
    },
  }),
});
