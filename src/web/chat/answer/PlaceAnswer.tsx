import { useState } from 'preact/hooks';
import { isMeant } from '../Composer';
import { text } from '../page';
import type { Acts } from '../state';
import { MapAnswer } from './MapAnswer';
import { LOCATING, type Point, positionFailure, positionMessage, ROUGH_METRES } from './position';
import { near } from './search';

/**
 * Where something is: the position of this device, a point on the map, or where the resident's photo was taken. Nothing is asked of the
 * browser, and nothing said of the photo, before the click.
 */
export function PlaceAnswer({ photo, acts }: { photo: Point | undefined; acts: Acts }) {
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
      <Ways photo={photo} locate={locate} openMap={() => setMap({})} use={use} />
      <p role="status" class="note">
        {status || (photo && text('photoPlaceHow'))}
      </p>
      {map && <MapAnswer acts={acts} start={map.at} note={map.note} use={use} close={() => setMap(undefined)} />}
    </div>
  );
}

interface WaysProps {
  readonly photo: Point | undefined;
  readonly locate: () => void;
  readonly openMap: () => void;
  readonly use: (point: Point) => void;
}

function Ways({ photo, locate, openMap, use }: WaysProps) {
  return (
    <div class="line">
      {navigator.geolocation && (
        <button type="button" id="locate" onClick={locate}>
          {text('position')}
        </button>
      )}
      <button type="button" id="mapButton" aria-haspopup="dialog" onClick={openMap}>
        {text('map')}
      </button>
      {photo && (
        <button type="button" id="photoPlace" onClick={(event) => isMeant(event) && use(photo)}>
          {text('photoPlace')}
        </button>
      )}
    </div>
  );
}

/** "Position on the map: near Sample Road, WB1 2AB"; without a connection, or elsewhere, only that it is one. */
async function nameOf(acts: Acts, point: Point): Promise<string> {
  const place = await near(acts, point).catch(() => undefined);
  return place ? text('placeAt', { place }) : text('placeOn');
}
