import { daysBetween, localDate } from '../src/conversation/calendar';
import { choice, defineService, photo, pick, place } from '../src/conversation/service';

export default defineService({
  id: 'graffiti',
  letters: 'GF',
  slots: {
    place: place(),
    same: pick(),
    offensive: choice('no', 'yes'),
    surface: choice('public', 'private').maybe(),
    photo: photo(),
  },
  facts: {
    owner: ({ place }, { gazetteer }) =>
      place.position ? gazetteer.ownerAt(place.position, place.street?.id) : place.street?.owner,
    near: async ({ place }, { cases, settings }) => {
      const metres = settings.windows.duplicateMetres;
      return place.position && metres ? cases.openNear('graffiti', place.position, metres) : [];
    },
  },
  options: {
    same: ({ near }, { now }) =>
      near.map(({ reference, metres, openedAt }) => ({
        value: reference,
        params: {
          metres: Math.max(10, Math.round(metres / 10) * 10),
          days: daysBetween(localDate(openedAt), localDate(now)),
        },
      })),
  },
  askIf: {
    surface: ({ same }) => same === 'none',
    photo: ({ same }, { channel }) => same === 'none' && channel !== 'sms',
  },
  stopIf: {
    // A red route or a private road is no reason here: the council cleans walls and street furniture along both.
    otherLand: {
      when: ({ owner }) => owner?.kind === 'park' && { body: owner.body ?? 'none' },
      offers: ['change:place', 'person'],
    },
  },
  dedupeKey: ({ place, near }) => [
    place.street?.id ?? place.line,
    place.number ?? place.near ?? 'street',
    near?.at(-1)?.reference ?? 'first',
  ],
  endings: ['standard', 'urgent', 'joined'],
  submit: ({ place, same, offensive, surface, owner }) => {
    if (same !== 'none') return { ending: 'joined', follow: same };
    return {
      ending: offensive === 'yes' ? 'urgent' : 'standard',
      params: { private: surface === 'private' ? 'yes' : 'no' },
      open: {
        place: place.street?.id ?? place.line,
        ...(place.position && { position: place.position }),
        facts: { owner: owner?.kind ?? 'unknown' },
      },
    };
  },
});
