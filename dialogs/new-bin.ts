import { address, choice, dedupeKeyOf, defineService, number, yesNo } from '../src/conversation/service';
import * as rules from './new-bin.rules';
import * as waste from './waste.rules';

export default defineService({
  id: 'new-bin',
  letters: 'NB',
  content: rules.content,
  slots: {
    container: choice('black', 'greenBox', 'paperBin', 'kitchenCaddy', 'outdoorCaddy', 'gardenBin', 'sacks'),
    binReason: choice('newHome', 'missing', 'damaged', 'bigger', 'smaller', 'extra', 'repair', 'unwanted'),
    address: address(),
    household: number({ min: 1, max: 30 }).maybe(),
    takeOld: yesNo().maybe(),
  },
  facts: {
    streams: waste.streamsAt,
    openRequest: ({ address, container, binReason }, { cases }) =>
      cases.openWithKey(dedupeKeyOf('new-bin', ...rules.requestKey(address, container, binReason))),
  },
  askIf: {
    household: ({ container, binReason }) => container === 'black' && binReason === 'bigger',
    takeOld: ({ container, binReason }) => binReason === 'damaged' && container !== 'sacks',
  },
  stopIf: {
    noRounds: {
      when: ({ address, streams }, { settings }) => waste.noRounds(address, streams, settings),
      offers: ['person', 'change:address'],
    },
    sharedStore: {
      when: ({ address, container }) => address.sharedStore !== undefined && container !== 'kitchenCaddy' && {},
      offers: ['person', 'change:container'],
    },
    gardenFirst: {
      when: ({ container, streams, binReason }) =>
        container === 'gardenBin' && binReason !== 'unwanted' && !streams.includes('garden') && {},
      offers: ['service:garden-waste', 'person'],
    },
    tooFew: {
      when: ({ household }, { settings }) => rules.tooFew(household, settings),
      offers: ['person', 'change:household'],
    },
    alreadyAsked: {
      when: ({ openRequest }) => openRequest && { since: { moment: openRequest.openedAt } },
      offers: ['follow', 'person'],
      follow: ({ openRequest }) => openRequest?.reference,
    },
  },
  params: (known, { settings, now }) => rules.told(known, settings, now),
  dedupeKey: ({ address, container, binReason }) => rules.requestKey(address, container, binReason),
  endings: ['ordered', 'mended', 'removed'],
  submit: (known, { settings, now }) => rules.requested(known, settings, now),
});
