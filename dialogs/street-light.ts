import { choice, defineService, pattern, photo, pick, place, serviceContent } from '../src/conversation/service';
import { phone, whole } from '../src/conversation/settingValues';
import * as street from './street.rules';

const content = serviceContent('street-light', { repairWorkingDays: whole, urgentHours: whole, powerNetwork: phone });

/** Wires or a fallen post hurt at once; people cross at a beacon believing that drivers see them. */
const isUrgent = (fault: string | undefined): boolean => fault === 'wires' || fault === 'beacon';

const aimOf = (fault: string | undefined, { now, settings }: street.Context): street.Aim => {
  const { repairWorkingDays, urgentHours } = content.of(settings);
  return street.aimFor(isUrgent(fault), { hours: urgentHours, workingDays: repairWorkingDays }, now);
};

export default defineService({
  id: 'street-light',
  letters: 'ST',
  content,
  slots: {
    lightFault: choice('out', 'flickering', 'day', 'damaged', 'sign', 'beacon', 'wires', 'signals'),
    place: place(),
    same: pick(),
    extent: choice('one', 'several').maybe(),
    lamp: pattern(/^(?=.*\d)[A-Z0-9/]{1,12}$/).optional(),
    photo: photo(),
  },
  facts: street.streetFacts('street-light'),
  options: { same: ({ near }, { now }) => street.optionsOf(near, now, 'lightFault', 'lamp') },
  askIf: {
    extent: ({ same, lightFault }) => same === 'none' && lightFault === 'out',
    lamp: street.isNew,
    photo: ({ same, lightFault }, context) => lightFault === 'damaged' && street.wantsPhoto({ same }, context),
  },
  stopIf: {
    wires: {
      when: ({ lightFault }, { settings }) =>
        lightFault === 'wires' && {
          network: content.of(settings).powerNetwork ?? 'none',
          phone: settings.phones.outOfHours ?? 'none',
        },
      offers: ['anyway', 'person'],
    },
    signals: {
      when: ({ lightFault }, { settings }) =>
        lightFault === 'signals' && { link: settings.links['tfl-streets'] ?? settings.council.website },
      offers: ['change:lightFault', 'person'],
    },
    ...street.roadStops,
    wholeStreet: {
      when: ({ extent }, { settings }) =>
        extent === 'several' && { network: content.of(settings).powerNetwork ?? 'none' },
      offers: ['anyway', 'person'],
    },
  },
  params: ({ lightFault }, context) => street.toldAim(aimOf(lightFault, context)),
  dedupeKey: ({ place, near, lamp }) => [...street.spotKey(place, near), lamp ?? 'lamp'],
  endings: ['standard', 'urgent', 'joined'],
  submit: (known, context) =>
    street.reported(
      known,
      {
        isUrgent: isUrgent(known.lightFault),
        aim: aimOf(known.lightFault, context),
        evidence: { fault: known.lightFault },
        stops: ['wires', 'wholeStreet'],
      },
      context,
    ),
});
