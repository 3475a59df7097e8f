import { choice, defineService, photo, pick, place, serviceContent, text } from '../src/conversation/service';
import { whole } from '../src/conversation/settingValues';
import * as street from './street.rules';

const content = serviceContent('fly-tipping', { clearWorkingDays: whole, hazardHours: whole });

const isHazardous = (dumped: string | undefined): boolean => dumped === 'hazardous';

const aimOf = (dumped: string | undefined, { now, settings }: street.Context): street.Aim => {
  const { clearWorkingDays, hazardHours } = content.of(settings);
  return street.aimFor(isHazardous(dumped), { hours: hazardHours, workingDays: clearWorkingDays }, now);
};

export default defineService({
  id: 'fly-tipping',
  letters: 'FT',
  content,
  slots: {
    place: place(),
    same: pick(),
    dumped: choice('bags', 'furniture', 'appliances', 'building', 'tyres', 'garden', 'hazardous', 'other').maybe(),
    /** What the choices do not name. */
    detail: text({ max: 100 }).optional(),
    hazard: choice('asbestos', 'chemicals', 'needles', 'gas', 'unsure').maybe(),
    amount: choice('item', 'boot', 'van', 'lorry').maybe(),
    /** Seldom in question: asked only where the resident brings it up. */
    land: choice('public', 'private').default('public'),
    booked: choice('no', 'yes').default('no'),
    /** Also of those who join an open report: what they saw is evidence. */
    seen: choice('no', 'yes'),
    plate: street.plate().optional(),
    witness: text({ max: 100 }).optional(),
    photo: photo(),
  },
  facts: street.streetFacts('fly-tipping'),
  options: { same: ({ near }, { now }) => street.optionsOf(near, now, 'dumped') },
  askIf: {
    dumped: street.isNew,
    detail: ({ dumped }) => dumped === 'other',
    hazard: ({ dumped }) => isHazardous(dumped),
    amount: ({ same, dumped }) => same === 'none' && !isHazardous(dumped),
    plate: ({ seen }) => seen === 'yes',
    witness: ({ seen }) => seen === 'yes',
    photo: street.wantsPhoto,
  },
  stopIf: {
    booked: { when: ({ booked }) => booked === 'yes' && {}, offers: ['service:bulky-waste', 'anyway'] },
    otherLand: street.landStops.otherLand,
    callFirst: {
      when: ({ dumped }, context) => street.callFirst(isHazardous(dumped), context),
      offers: ['anyway', 'person'],
    },
    // What may hurt people is made safe first, whosever land it is on.
    privateRoad: {
      ...street.landStops.privateRoad,
      when: (known, context) => !isHazardous(known.dumped) && street.landStops.privateRoad.when(known, context),
    },
    privateLand: {
      when: ({ land, dumped }) => land === 'private' && !isHazardous(dumped) && {},
      offers: ['change:land', 'person'],
    },
  },
  params: ({ dumped }, context) => street.toldAim(aimOf(dumped, context)),
  dedupeKey: ({ place, near }) => street.spotKey(place, near),
  endings: ['standard', 'urgent', 'joined'],
  submit: (known, context) =>
    street.reported(
      known,
      {
        isUrgent: isHazardous(known.dumped),
        aim: aimOf(known.dumped, context),
        evidence: { land: known.land, witnessed: known.seen === 'yes' },
        stops: ['booked', 'callFirst'],
      },
      context,
    ),
});
