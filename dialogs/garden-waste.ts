import { address, choice, dedupeKeyOf, defineService, number } from '../src/conversation/service';
import * as rules from './garden-waste.rules';
import * as waste from './waste.rules';

export default defineService({
  id: 'garden-waste',
  letters: 'GW',
  content: rules.content,
  slots: {
    gardenWant: choice('join', 'renew', 'cancel', 'move', 'info', 'missed'),
    address: address(),
    gardenBins: number({ min: 1, max: 20 }).maybe(),
  },
  facts: {
    streams: waste.streamsAt,
    openRequest: ({ address, gardenWant }, { cases }) =>
      cases.openWithKey(dedupeKeyOf('garden-waste', ...rules.requestKey(address, gardenWant))),
  },
  askIf: {
    gardenBins: ({ gardenWant }) => gardenWant !== 'cancel' && gardenWant !== 'missed' && gardenWant !== 'move',
  },
  rejectIf: { gardenBins: { tooMany: ({ gardenBins }, { settings }) => rules.tooMany(gardenBins, settings) } },
  stopIf: {
    notEmptied: {
      when: ({ gardenWant }) => gardenWant === 'missed' && {},
      offers: ['service:missed-bin', 'person'],
    },
    moving: {
      when: ({ gardenWant }) => gardenWant === 'move' && {},
      offers: ['person'],
    },
    info: {
      when: ({ gardenWant }) => gardenWant === 'info' && {},
      offers: ['anyway', 'person'],
    },
    noGarden: {
      when: ({ address, streams, gardenWant }) => gardenWant !== 'cancel' && rules.noGarden(address, streams),
      offers: ['change:address', 'person'],
    },
    // That a garden bin is collected there anybody can see in the street and in the calendar. Who pays, and until when, is not told:
    // whoever writes has shown nothing that proves who they are.
    collectedAlready: {
      when: ({ gardenWant, streams }) =>
        (gardenWant === 'join' || gardenWant === 'info') && streams.includes('garden') && {},
      offers: ['anyway', 'person'],
    },
    alreadyAsked: {
      when: ({ openRequest }) => openRequest && { since: { moment: openRequest.openedAt } },
      offers: ['person'],
    },
  },
  params: (known, context) => rules.told(known, context),
  dedupeKey: ({ address, gardenWant }) => rules.requestKey(address, gardenWant),
  endings: ['joined', 'renewed', 'cancelled'],
  submit: (known, context) => rules.requested(known, context),
});
