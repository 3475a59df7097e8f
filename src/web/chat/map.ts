import './mapTrust';
import { map as createMap, latLngBounds, tileLayer } from 'leaflet/dist/leaflet-src.esm.js';

/** What `src/web/site/mapPage.ts` puts into the page. */
interface Settings {
  readonly area?: { readonly south: number; readonly north: number; readonly west: number; readonly east: number };
  readonly tiles?: { readonly url: string; readonly maxZoom: number };
}
interface Point {
  readonly lat: number;
  readonly lon: number;
}

/** So near that a lamp post can be told from the next one. */
const STREET_ZOOM = 18;
const PAN_PIXELS = 60;
/** Around the council's own area, so that its edges can be seen. */
const MARGIN = 0.15;

const place = document.getElementById('map') as HTMLElement;
const { area, tiles }: Settings = JSON.parse(place.dataset.settings ?? '{}');
const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
const bounds = latLngBounds([area?.south ?? 49.8, area?.west ?? -8.2], [area?.north ?? 60.9, area?.east ?? 1.8]);
const map = createMap(place, {
  attributionControl: false,
  zoomControl: false,
  keyboardPanDelta: PAN_PIXELS,
  maxBounds: bounds.pad(MARGIN),
  maxZoom: tiles?.maxZoom ?? STREET_ZOOM,
  zoomAnimation: !still,
  fadeAnimation: !still,
  inertia: !still,
}).fitBounds(bounds);

if (tiles) tileLayer(tiles.url, { maxZoom: tiles.maxZoom }).addTo(map);
document.querySelector(tiles ? '.credit' : '.plain')?.removeAttribute('hidden');
document.getElementById('in')?.addEventListener('click', () => map.zoomIn());
document.getElementById('out')?.addEventListener('click', () => map.zoomOut());

/** The chat page around this one. */
const tell = (message: object) => parent.postMessage(message, location.origin);

/** A new size moves the map as well: only what somebody does is a choice. */
let isUsed = false;
for (const deed of ['pointerdown', 'keydown', 'wheel']) {
  addEventListener(
    deed,
    () => {
      isUsed = true;
    },
    { capture: true, passive: true },
  );
}
map.on('moveend', () => {
  if (!isUsed) return;
  const { lat, lng } = map.getCenter();
  tell({ moved: { lat, lon: lng } });
});
addEventListener('message', ({ data, source, origin }: MessageEvent<{ readonly show?: Point }>) => {
  if (source !== parent || origin !== location.origin || !data.show) return;
  isUsed = true;
  map.setView([data.show.lat, data.show.lon], map.getMaxZoom(), { animate: !still });
});
addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') tell({ close: true });
});
tell({ ready: true });
