import { choice, defineService, place, text } from '../src/conversation/service';
import * as rules from './illegal-parking.rules';
import * as street from './street.rules';

export default defineService({
  id: 'illegal-parking',
  letters: 'PK',
  content: rules.content,
  slots: {
    parkedOn: choice('kerb', 'bay', 'pavement', 'yellow', 'zigzag', 'blocking', 'other'),
    parkedHow: text({ max: 300 }).maybe(),
    happens: choice('now', 'often').default('now'),
    occupier: choice('yes', 'no').maybe(),
    wayThrough: choice('open', 'shut').maybe(),
    place: place(),
    land: choice('public', 'private').default('public'),
    plate: street.plate().optional(),
    vehicleLooks: text({ max: 50 }).optional(),
    parkedSince: text({ max: 100 }).optional(),
  },
  facts: {
    owner: street.streetFacts('illegal-parking').owner,
    same: ({ place, parkedOn, plate }, { cases, settings, now }) =>
      rules.sameToday({ place, parkedOn, plate }, cases, settings, now),
  },
  askIf: {
    parkedHow: ({ parkedOn }) => parkedOn === 'other',
    occupier: ({ parkedOn }) => parkedOn === 'kerb',
    wayThrough: ({ parkedOn }) => parkedOn === 'blocking',
    vehicleLooks: ({ plate, happens }) => plate === undefined && happens === 'now',
    parkedSince: ({ happens }) => happens === 'now',
  },
  stopIf: {
    callPolice: { when: ({ wayThrough }) => wayThrough === 'shut' && {}, offers: ['anyway', 'person'] },
    notOccupier: {
      when: ({ parkedOn, occupier }) => parkedOn === 'kerb' && occupier === 'no' && {},
      offers: ['person', 'change:parkedOn', 'change:occupier'],
    },
    privateLand: {
      when: ({ land, owner }) => (land === 'private' || owner?.kind === 'private') && { body: owner?.body ?? 'none' },
      offers: ['change:place', 'person'],
    },
    redRoute: street.roadStops.redRoute,
    otherLand: street.roadStops.otherLand,
    alreadyReported: {
      when: ({ plate, same }) => same && { since: { moment: same.openedAt }, plate: plate ?? 'none' },
      offers: ['follow', 'change:plate', 'person'],
      follow: ({ same }) => same?.reference,
    },
    notOut: {
      when: ({ parkedOn, happens, wayThrough }, context) =>
        wayThrough !== 'shut' && rules.passes(parkedOn) && rules.notOut(happens, context),
      offers: ['reminder', 'person'],
      remindAt: (_known, context) => rules.remindAt(context),
    },
    outOfHours: {
      when: ({ parkedOn, occupier, happens }, context) =>
        occupier !== 'no' && !rules.passes(parkedOn) && rules.notOut(happens, context),
      offers: ['anyway', 'reminder', 'person'],
      remindAt: (_known, context) => rules.remindAt(context),
    },
  },
  params: (_known, context) => rules.told(context),
  dedupeKey: (known, { now }) => rules.reportKey(known, now),
  contact: 'no',
  endings: ['taken', 'later', 'patrol'],
  submit: ({ place, happens, owner }, context) => {
    const ending = rules.endingOf(happens, context);
    const facts = { owner: owner?.kind ?? 'unknown', officersOut: rules.areOut(context) };
    return {
      ending,
      open: { place: street.spotOf(place), ...(place.position && { position: place.position }), facts },
    };
  },
});
