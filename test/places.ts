import { demoBorough } from '../src/backoffice/demo';

const street = demoBorough('2026-11-24').streets.find(({ name }) => name === 'Sample Road');

/** Where things are in the demo borough. */
export const DEMO_PLACES = { sampleRoad: { lat: street?.lat ?? 0, lon: street?.lon ?? 0 } };
