import { address, choice, defineService, yesNo } from '../src/conversation/service';
import * as rules from './parking-permit.rules';

export default defineService({
  id: 'parking-permit',
  letters: 'PP',
  content: rules.content,
  slots: {
    permitWish: choice('apply', 'renew', 'change', 'refund', 'chase', 'price').default('apply'),
    permitKind: choice('resident', 'visitor', 'business', 'carer', 'badge'),
    address: address().maybe(),
    vehicleFits: yesNo().maybe(),
    finesOwed: yesNo().maybe(),
    carFree: yesNo().maybe(),
  },
  facts: {
    zone: ({ address }, { zones }) => (address ? rules.zoneAt(address, zones) : undefined),
  },
  askIf: {
    address: ({ permitKind, permitWish }) => rules.isChecked(permitKind, permitWish),
    vehicleFits: ({ permitKind, permitWish }, context) => rules.sizeMatters(permitKind, permitWish, context),
    finesOwed: ({ permitKind, permitWish }, context) => rules.finesMatter(permitKind, permitWish, context),
    carFree: ({ permitKind, permitWish }) => permitKind === 'resident' && rules.isChecked(permitKind, permitWish),
  },
  stopIf: {
    notInZone: {
      when: ({ zone, permitKind, permitWish }) =>
        zone !== undefined && rules.isChecked(permitKind, permitWish) && rules.notInZone(zone),
      offers: ['person', 'change:address', 'service:parking-zone'],
    },
    tooBig: { when: ({ vehicleFits }) => vehicleFits === false && {}, offers: ['person', 'change:vehicleFits'] },
    owesFines: {
      when: ({ finesOwed }) => finesOwed === true && {},
      offers: ['person', 'service:parking-fine', 'change:finesOwed'],
    },
    carFreeHome: { when: ({ carFree }) => carFree === true && {}, offers: ['person', 'change:carFree'] },
  },
  params: ({ permitKind, zone }, context) => rules.pages(permitKind, zone, context),
  summary: false,
  contact: 'no',
  endings: rules.ENDINGS,
  submit: ({ permitKind, permitWish }) => ({ ending: rules.endingOf(permitKind, permitWish), offers: ['person'] }),
});
