import { useState } from 'preact/hooks';
import { text } from '../page';
import type { Acts } from '../state';
import { MapAnswer } from './MapAnswer';
import { LOCATING, type Point, positionFailure, positionMessage, ROUGH_METRES } from './position';
import { near } from './search';

/** Where something is: the position of this device, or a point on the map. Nothing is asked of the browser before the click. */
export function PlaceAnswer({ acts }: { acts: Acts }) {
  const [status, setStatus] = useState('');
  const [map, setMap] = useState<{ readonly at?: Point; readonly note?: string }>();
  const use = async (point: Point) => acts.say(positionMessage(point, await nameOf(acts, point)));

  const locate = () => {
    setStatus(text('positionWait'));
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude, accuracy } }) => {
        const at = { lat: latitude, lon: longitude };
        if (accuracy <= ROUGH_METRES) return void use(at);
        setStatus('');
        setMap({ at, note: text('positionRough', { metres: String(Math.round(accuracy)) }) });
      },
      (error) => setStatus(text(positionFailure(error))),
      LOCATING,
    );
  };
  return (
    <div class="answer">
      <div class="line">
        {navigator.geolocation && (
          <button type="button" id="locate" onClick={locate}>
            {text('position')}
          </button>
        )}
        <button type="button" id="mapButton" aria-haspopup="dialog" onClick={() => setMap({})}>
          {text('map')}
        </button>
      </div>
      <p role="status" class="note">
        {status}
      </p>
      {map && <MapAnswer acts={acts} start={map.at} note={map.note} use={use} close={() => setMap(undefined)} />}
    </div>
  );
}

/** "Position on the map: near Sample Road, WB1 2AB"; without a connection, or elsewhere, only that it is one. */
async function nameOf(acts: Acts, point: Point): Promise<string> {
  const place = await near(acts, point).catch(() => undefined);
  return place ? text('placeAt', { place }) : text('placeOn');
}
