import { choice, defineService, photo, pick, place, serviceContent } from '../src/conversation/service';
import { whole } from '../src/conversation/settingValues';
import * as street from './street.rules';

const content = serviceContent('graffiti', { offensiveWorkingDays: whole, cleanWorkingDays: whole });

const aimOf = (offensive: string | undefined, { now, settings }: street.Context): street.Aim => {
  const { offensiveWorkingDays, cleanWorkingDays } = content.of(settings);
  return street.withinWorkingDays(offensive === 'yes' ? offensiveWorkingDays : cleanWorkingDays, now);
};

export default defineService({
  id: 'graffiti',
  letters: 'GF',
  content,
  slots: {
    place: place(),
    same: pick(),
    offensive: choice('no', 'yes'),
    surface: choice('public', 'private').maybe(),
    photo: photo(),
  },
  facts: street.streetFacts('graffiti'),
  options: { same: ({ near }, { now }) => street.optionsOf(near, now) },
  askIf: { surface: street.isNew, photo: street.wantsPhoto },
  // A private road is no reason here: walls and street furniture along it are cleaned with the owner's leave.
  stopIf: { otherLand: street.landStops.otherLand },
  params: ({ offensive }, context) => street.toldAim(aimOf(offensive, context)),
  dedupeKey: ({ place, near }) => street.spotKey(place, near),
  endings: ['standard', 'urgent', 'joined'],
  submit: (known, context) =>
    street.reported(
      known,
      {
        isUrgent: known.offensive === 'yes',
        aim: aimOf(known.offensive, context),
        evidence: { offensive: known.offensive, ownerMustAgree: known.surface === 'private' },
      },
      context,
    ),
});
