import { choice, choiceOf, dedupeKeyOf, defineService, photo, pick, place, text } from '../src/conversation/service';
import { aimOf, content, isUrgent } from './abandoned-vehicle.rules';
import * as street from './street.rules';

export default defineService({
  id: 'abandoned-vehicle',
  letters: 'AV',
  content,
  slots: {
    place: place(),
    same: pick(),
    condition: choiceOf(['burnt', 'smashed', 'wheels', 'unused', 'untaxed'], { weak: ['untaxed'] }),
    standing: choice('week', 'month', 'longer').maybe(),
    blocking: choice('no', 'yes').default('no'),
    land: choice('public', 'private').default('public'),
    plate: street.plate().optional(),
    make: text({ max: 50 }).optional(),
    colour: text({ max: 50 }).optional(),
    photo: photo(),
  },
  facts: {
    ...street.streetFacts('abandoned-vehicle'),
    samePlate: async ({ plate }, { cases }) =>
      plate === undefined ? undefined : cases.openWithKey(dedupeKeyOf('abandoned-vehicle', 'plate', plate)),
  },
  options: { same: ({ near }, { now }) => street.optionsOf(near, now, 'colour', 'make') },
  askIf: {
    standing: ({ same, condition }) => same === 'none' && condition !== 'burnt',
    plate: street.isNew,
    make: street.isNew,
    colour: street.isNew,
    photo: street.wantsPhoto,
  },
  stopIf: {
    untaxed: {
      when: ({ condition }, { settings }) => condition === 'untaxed' && { link: settings.links.dvla ?? 'none' },
      offers: ['anyway', 'person'],
    },
    inTheWay: {
      when: ({ blocking }) => blocking === 'yes' && {},
      offers: ['service:illegal-parking', 'anyway'],
    },
    otherLand: street.landStops.otherLand,
    alreadyReported: {
      when: ({ samePlate, plate }) => samePlate && { plate: plate ?? 'none', since: { moment: samePlate.openedAt } },
      offers: ['follow', 'person'],
      follow: ({ samePlate }) => samePlate?.reference,
    },
    privateLand: {
      when: ({ land, owner }, { settings }) =>
        (land === 'private' || owner?.kind === 'private') && {
          days: content.of(settings).privateNoticeDays ?? 'none',
        },
      offers: ['anyway', 'person'],
    },
  },
  params: ({ condition }, context) => street.toldAim(aimOf(condition, context)),
  dedupeKey: ({ place, near, plate }) => (plate ? ['plate', plate] : street.spotKey(place, near)),
  endings: ['standard', 'urgent', 'joined'],
  submit: (known, context) =>
    street.reported(
      known,
      {
        isUrgent: isUrgent(known.condition),
        aim: aimOf(known.condition, context),
        evidence: { condition: known.condition, land: known.land },
        stops: ['untaxed', 'inTheWay', 'privateLand'],
      },
      context,
    ),
});
