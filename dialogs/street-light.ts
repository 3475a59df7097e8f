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
    fault: choice('out', 'flickering', 'day', 'damaged', 'sign', 'beacon', 'wires', 'signals'),
    place: place(),
    same: pick(),
    extent: choice('one', 'several').maybe(),
    lamp: pattern(/^(?=.*\d)[A-Z0-9/]{1,12}$/).optional(),
    photo: photo(),
  },
  facts: street.streetFacts('street-light'),
  options: { same: ({ near }, { now }) => street.optionsOf(near, now, 'fault', 'lamp') },
  askIf: {
    extent: ({ same, fault }) => same === 'none' && fault === 'out',
    lamp: street.isNew,
    photo: ({ same, fault }, context) => fault === 'damaged' && street.wantsPhoto({ same }, context),
  },
  stopIf: {
    wires: {
      when: ({ fault }, { settings }) =>
        fault === 'wires' && {
          network: content.of(settings).powerNetwork ?? 'none',
          phone: settings.phones.outOfHours ?? 'none',
        },
      offers: ['anyway', 'person'],
    },
    signals: {
      when: ({ fault }, { settings }) =>
        fault === 'signals' && { link: settings.links['tfl-streets'] ?? settings.council.website },
      offers: ['change:fault', 'person'],
    },
    ...street.roadStops,
    wholeStreet: {
      when: ({ extent }, { settings }) =>
        extent === 'several' && { network: content.of(settings).powerNetwork ?? 'none' },
      offers: ['anyway', 'person'],
    },
  },
  params: ({ fault }, context) => street.toldAim(aimOf(fault, context)),
  dedupeKey: ({ place, near, lamp }) => [...street.spotKey(place, near), lamp ?? 'lamp'],
  endings: ['standard', 'urgent', 'joined'],
  submit: (known, context) =>
    street.reported(known, {
      isUrgent: isUrgent(known.fault),
      aim: aimOf(known.fault, context),
      evidence: { fault: known.fault },
    }),
});
