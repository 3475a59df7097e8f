import { readMapLink } from '../../../src/conversation/mapLink';

const here = { lat: 51.4142, lon: -0.1807 };

test.each([
  'https://www.google.com/maps/place/Mill+Street/@51.4142,-0.1807,17z',
  'https://www.google.co.uk/maps/place/X/@51.5,-0.2,17z/data=!3m1!4b1!8m2!3d51.4142!4d-0.1807',
  'https://maps.google.com/?q=51.4142,-0.1807',
  'https://www.google.com/maps?q=loc:51.4142,-0.1807&z=17',
  'https://www.google.com/maps/search/?api=1&query=51.4142%2C-0.1807',
  'https://www.google.com/maps/search/51.4142,+-0.1807?entry=tts',
  'https://www.openstreetmap.org/?mlat=51.4142&mlon=-0.1807#map=18/51.5/-0.2',
  'https://www.openstreetmap.org/#map=18/51.4142/-0.1807',
  'https://maps.apple.com/?ll=51.4142,-0.1807&q=Pin',
  'https://maps.apple.com/place?coordinate=51.4142,-0.1807&name=Marked',
  'https://www.bing.com/maps?cp=51.4142~-0.1807&lvl=17',
  'geo:51.4142,-0.1807?z=18',
  '51.4142, -0.1807',
  '51.4142 -0.1807',
])('%s is a position', (link) => {
  expect(readMapLink(link)).toEqual({ position: here, text: '' });
});

test('what stands around the link is kept', () => {
  expect(readMapLink('deep hole here https://maps.google.com/?q=51.4142,-0.1807 outside the school')).toEqual({
    position: here,
    text: 'deep hole here outside the school',
  });
});

test('the full stop after a link stays', () => {
  expect(readMapLink('A hole: https://maps.google.com/?q=51.4142,-0.1807. My bin is full.')?.text).toBe(
    'A hole: . My bin is full.',
  );
});

test('a second link is read where the first holds no position', () => {
  expect(readMapLink('https://maps.app.goo.gl/abc https://maps.google.com/?q=51.4142,-0.1807')?.position).toEqual(here);
});

test.each([
  'https://maps.app.goo.gl/abcDEF123',
  'https://w3w.co/filled.count.soap',
  '///filled.count.soap',
  'https://evil.example/?q=51.4142,-0.1807',
  'https://notgoogle.com/maps/@51.4142,-0.1807,17z',
  'https://google.com.evil.example/@51.4142,-0.1807',
  'https://maps.google.com/?q=951.4142,-0.1807',
  'https://maps.google.com/?q=Mill+Street',
  'It cost 12.50, 13.75 in all',
  'call 020 7946 0100',
  '4 Mill Street, WB1 2AB',
  '',
])('%s is none', (text) => expect(readMapLink(text)).toBeUndefined());

test.each([['geo:'.repeat(500) + '.'.repeat(2000)], [`https://www.google.com/maps/@${'1'.repeat(3900)}`]])(
  'long nonsense is read once and is none',
  (text) => expect(readMapLink(text)).toBeUndefined(),
);
