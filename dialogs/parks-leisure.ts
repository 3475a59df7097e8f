import { choice, defineService, photo, pick, place, text } from '../src/conversation/service';
import * as rules from './parks-leisure.rules';
import * as street from './street.rules';

export default defineService({
  id: 'parks-leisure',
  letters: 'PK',
  content: rules.content,
  slots: {
    parkWant: choice('fault', 'tree', 'hours', 'pitch', 'centre', 'allotment'),
    place: place().maybe(),
    /** Where the park is none of the places known by name. */
    spot: text({ max: 100 }).maybe(),
    same: pick(),
    parkFault: choice('play', 'bench', 'gate', 'grass', 'toilets', 'other').maybe(),
    /** What the choices do not name. */
    detail: text({ max: 100 }).optional(),
    treeFault: choice('branch', 'fallen', 'dead', 'light', 'roots').maybe(),
    unsafe: choice('no', 'yes').maybe(),
    photo: photo(),
  },
  facts: street.streetFacts('parks-leisure'),
  options: { same: ({ near }, { now }) => street.optionsOf(near, now, 'treeFault') },
  askIf: {
    place: ({ parkWant }) => parkWant === 'tree',
    spot: ({ parkWant, place }) => parkWant === 'fault' && place === undefined,
    parkFault: ({ parkWant }) => parkWant === 'fault',
    detail: ({ parkFault }) => parkFault === 'other',
    treeFault: ({ parkWant, same }) => parkWant === 'tree' && same === 'none',
    unsafe: ({ parkWant }) => parkWant === 'fault' || parkWant === 'tree',
    photo: street.wantsPhoto,
  },
  stopIf: {
    hours: { when: ({ parkWant, place }, context) => rules.openingHours(parkWant, place, context) },
    pitch: { when: ({ parkWant }, context) => rules.pageFor(parkWant, 'pitch', context) },
    centre: { when: ({ parkWant }, context) => rules.pageFor(parkWant, 'centre', context) },
    allotment: { when: ({ parkWant }, context) => rules.pageFor(parkWant, 'allotment', context) },
    ...street.roadStops,
    // The paving, not the tree, is what gets repaired first.
    roots: { when: ({ treeFault }) => treeFault === 'roots' && {}, offers: ['service:pothole', 'anyway'] },
    callFirst: {
      when: ({ unsafe }, context) => street.callFirst(unsafe === 'yes', context),
      offers: ['anyway', 'person'],
    },
  },
  params: ({ unsafe }, context) => street.toldAim(rules.aimOf(unsafe, context)),
  dedupeKey: ({ place, near, spot, parkFault }) =>
    place ? street.spotKey(place, near) : ['park', (spot ?? '').toLowerCase(), parkFault ?? 'other'],
  endings: ['standard', 'urgent', 'joined'],
  submit: (known, context) =>
    street.reported(
      known,
      {
        isUrgent: known.unsafe === 'yes',
        aim: rules.aimOf(known.unsafe, context),
        evidence: { danger: known.unsafe ?? 'no' },
        stops: ['roots', 'callFirst'],
      },
      context,
    ),
});
