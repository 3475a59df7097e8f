import { choice, defineService, photo, pick, place } from '../src/conversation/service';
import * as rules from './pothole.rules';

export default defineService({
  id: 'pothole',
  letters: 'PH',
  slots: {
    place: place(),
    same: pick(),
    kind: choice('carriageway', 'pavement', 'kerb', 'cycleway', 'cover').maybe(),
    size: choice('small', 'wide', 'deep').optional(),
    danger: choice('no', 'cyclists', 'walkers', 'traffic'),
    damage: choice('no', 'vehicle', 'person').default('no'),
    photo: photo(),
  },
  facts: {
    owner: ({ place }, { gazetteer }) =>
      place.position ? gazetteer.ownerAt(place.position, place.street?.id) : place.street?.owner,
    near: ({ place }, { cases, settings }) => rules.reportsNear(place, cases, settings),
  },
  options: { same: ({ near }, { now }) => rules.optionsOf(near, now) },
  askIf: {
    kind: ({ same }) => same === 'none',
    size: ({ same, kind }) => same === 'none' && kind !== 'cover',
    photo: ({ same }, { channel }) => same === 'none' && channel !== 'sms',
  },
  stopIf: {
    redRoute: {
      when: ({ owner }, { settings }) => rules.notOurs(owner, 'tfl', settings),
      offers: ['change:place', 'person'],
    },
    privateRoad: {
      when: ({ owner }, { settings }) => rules.notOurs(owner, 'private', settings),
      offers: ['change:place', 'person'],
    },
    otherLand: {
      when: ({ owner }, { settings }) => rules.notOurs(owner, 'park', settings),
      offers: ['change:place', 'person'],
    },
    callFirst: { when: ({ danger }, context) => rules.callFirst(danger, context), offers: ['anyway', 'person'] },
    utilityCover: {
      when: ({ kind, danger }, { settings }) => rules.utilityCover(kind, danger, settings),
      offers: ['person', 'anyway'],
    },
  },
  params: ({ danger }, context) => rules.aims(danger ?? 'no', context).params,
  dedupeKey: ({ place, near }) => rules.holeKey(place, near),
  endings: ['standard', 'dangerous', 'joined'],
  submit: ({ place, same, danger, owner }, context) => {
    const { dueAt } = rules.aims(danger, context);
    if (same !== 'none') return { ending: 'joined', follow: same };
    const evidence = { owner: owner?.kind ?? 'unknown' };
    return {
      ending: danger === 'no' ? 'standard' : 'dangerous',
      open: {
        place: rules.spotOf(place),
        ...(place.position && { position: place.position }),
        ...(dueAt !== undefined && { dueAt }),
        facts: evidence,
      },
    };
  },
});
