import { choice, defineService, photo, pick, place } from '../src/conversation/service';
import * as rules from './pothole.rules';
import * as street from './street.rules';

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
  facts: street.streetFacts('pothole'),
  options: { same: ({ near }, { now }) => street.optionsOf(near, now) },
  askIf: {
    kind: street.isNew,
    size: ({ same, kind }) => same === 'none' && kind !== 'cover',
    photo: street.wantsPhoto,
  },
  stopIf: {
    ...street.roadStops,
    callFirst: {
      when: ({ danger }, context) => street.callFirst(danger !== 'no', context),
      offers: ['anyway', 'person'],
    },
    utilityCover: {
      when: ({ kind, danger }, { settings }) => rules.utilityCover(kind, danger, settings),
      offers: ['person', 'anyway'],
    },
  },
  params: ({ danger }, context) => rules.told(danger ?? 'no', context),
  dedupeKey: ({ place, near }) => street.spotKey(place, near),
  endings: ['standard', 'urgent', 'joined'],
  submit: (known, context) =>
    street.reported(
      known,
      {
        isUrgent: known.danger !== 'no',
        aim: rules.aimOf(known.danger, context),
        evidence: { danger: known.danger },
        stops: ['callFirst', 'utilityCover'],
      },
      context,
    ),
});
