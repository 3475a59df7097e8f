import { choice, defineService, photo, pick, place, serviceContent, text } from '../src/conversation/service';
import { whole } from '../src/conversation/settingValues';
import * as street from './street.rules';

const content = serviceContent('street-cleaning', { cleanWorkingDays: whole, urgentHours: whole });

interface Mess {
  readonly mess: string | undefined;
  readonly spill: string | undefined;
}
/** Needles anywhere; oil or diesel where people drive and ride. */
const isUrgent = ({ mess, spill }: Mess): boolean => mess === 'needles' || (mess === 'spill' && spill === 'road');

const aimOf = (known: Mess, { now, settings }: street.Context): street.Aim => {
  const { cleanWorkingDays, urgentHours } = content.of(settings);
  return street.aimFor(isUrgent(known), { hours: urgentHours, workingDays: cleanWorkingDays }, now);
};

export default defineService({
  id: 'street-cleaning',
  letters: 'SC',
  content,
  slots: {
    place: place(),
    same: pick(),
    mess: choice('litter', 'dog', 'bin', 'animal', 'leaves', 'glass', 'needles', 'bodily', 'spill', 'other').maybe(),
    /** What the choices do not name. */
    detail: text({ max: 100 }).optional(),
    animal: choice('pet', 'wild').maybe(),
    spill: choice('road', 'elsewhere').maybe(),
    land: choice('public', 'private').default('public'),
    photo: photo(),
  },
  facts: street.streetFacts('street-cleaning'),
  options: { same: ({ near }, { now }) => street.optionsOf(near, now, 'mess') },
  askIf: {
    mess: street.isNew,
    detail: ({ mess }) => mess === 'other',
    animal: ({ mess }) => mess === 'animal',
    spill: ({ mess }) => mess === 'spill',
    photo: street.wantsPhoto,
  },
  stopIf: {
    otherLand: street.landStops.otherLand,
    // What may hurt people is made safe first, whosever land it is on.
    privateRoad: {
      ...street.landStops.privateRoad,
      when: (known, context) => !isUrgent(known) && street.landStops.privateRoad.when(known, context),
    },
    privateLand: {
      when: ({ land, mess, spill }) => land === 'private' && !isUrgent({ mess, spill }) && {},
      offers: ['change:land', 'person'],
    },
    callFirst: {
      when: ({ mess, spill }, context) => street.callFirst(isUrgent({ mess, spill }), context),
      offers: ['anyway', 'person'],
    },
  },
  params: ({ mess, spill }, context) => street.toldAim(aimOf({ mess, spill }, context)),
  dedupeKey: ({ place, near, mess }) => [...street.spotKey(place, near), mess ?? 'other'],
  endings: ['standard', 'urgent', 'joined'],
  submit: (known, context) =>
    street.reported(
      known,
      {
        isUrgent: isUrgent(known),
        aim: aimOf(known, context),
        evidence: { land: known.land },
        stops: ['callFirst'],
      },
      context,
    ),
});
