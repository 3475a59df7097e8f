/** A page for every intent that is a service: where its own form or price is missing, residents get this. */
export const SERVICE_LINKS = [
  'missed-bin',
  'bin-day',
  'new-bin',
  'bulky-waste',
  'garden-waste',
  'fly-tipping',
  'street-cleaning',
  'pothole',
  'street-light',
  'graffiti',
  'abandoned-vehicle',
  'parking-permit',
  'parking-fine',
  'parking-zone',
  'illegal-parking',
  'complaint',
  'foi-request',
  'subject-access',
  'parks-leisure',
  'planning',
  'libraries',
  'council-tax',
] as const;

/** Other pages of the council. */
export const OWN_LINKS = [
  'privacy',
  'contact',
  'claims',
  'pcn-pay',
  'pcn-challenge',
  'pcn-evidence',
  'commercial-waste',
  'recycling-centre',
  'insurance',
  'school-admissions',
  'benefit-appeal',
  'social-care-complaint',
  'councillor-conduct',
  'data-protection',
  'planning-appeal',
  'adjustments',
] as const;

/** Pages of other bodies. */
export const OUTSIDE_LINKS = [
  'tfl-streets',
  'report-leak',
  'tribunal',
  'traffic-enforcement',
  'debt-advice',
  'ombudsman',
  'information-commissioner',
  'dvla',
  'court',
] as const;
