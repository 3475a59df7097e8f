import { choice, choiceOf, date, defineService, place } from '../src/conversation/service';
import * as rules from './parking-zone.rules';

export default defineService({
  id: 'parking-zone',
  letters: 'PZ',
  content: rules.content,
  slots: {
    parkingWish: choiceOf(rules.WISHES, { weak: ['single', 'double'] }).default('park'),
    place: place({ streetIsEnough: true }).maybe(),
    parkingDay: date({ when: 'future' }).unasked(),
    specialDay: choice(...rules.SPECIAL_DAYS).unasked(),
  },
  insteadOf: { parkingDay: 'specialDay', specialDay: 'parkingDay' },
  facts: {
    owner: ({ place }, { gazetteer }) =>
      place?.position ? gazetteer.ownerAt(place.position, place.street?.id) : place?.street?.owner,
    parking: ({ place }, { zones }) => (place ? rules.parkingAt(place, zones) : undefined),
    closed: ({ place, parkingDay, specialDay }, { zones, now }) =>
      place ? rules.closedAt(place, rules.dayAsked(parkingDay, specialDay, now), zones) : [],
  },
  askIf: { place: ({ parkingWish }) => rules.needsPlace(parkingWish) },
  stopIf: {
    redRoute: {
      when: ({ parkingWish, owner }, context) => rules.notOurs(parkingWish, owner, 'tfl', context),
      offers: ['change:place', 'person'],
    },
    privateRoad: {
      when: ({ parkingWish, owner }, context) => rules.notOurs(parkingWish, owner, 'private', context),
      offers: ['change:place', 'person'],
    },
  },
  params: (_known, context) => rules.pages(context),
  summary: false,
  contact: 'no',
  endings: ['zone', 'noZone', 'unknown', 'single', 'double', 'badge', 'suspend', 'places', 'newZone'],
  submit: ({ parkingWish, parkingDay, specialDay, parking, closed }, context) => {
    const day = rules.dayAsked(parkingDay, specialDay, context.now);
    const ending = rules.endingOf(parkingWish, parking);
    return {
      ending,
      params: rules.told(ending, day, parking, closed ?? [], context),
      offers: rules.offersAt(ending, context.channel),
    };
  },
});
