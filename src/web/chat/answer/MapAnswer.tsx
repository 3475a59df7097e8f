import { useEffect, useRef, useState } from 'preact/hooks';
import { page, text } from '../page';
import type { Suggestion } from '../protocol';
import type { Acts } from '../state';
import { Combobox } from './Combobox';
import type { Point } from './position';
import { near, suggest } from './search';

const PAUSE_MS = 300;

interface Props {
  readonly acts: Acts;
  /** Where the map begins; the whole area where it is left out. */
  readonly start: Point | undefined;
  /** What is said first; else how the map is used. */
  readonly note: string | undefined;
  readonly use: (point: Point) => void;
  readonly close: () => void;
}

/** The map in a frame, moved under a mark in its middle; a search field, and in words what the mark is near. */
export function MapAnswer({ acts, start, note, use, close }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const frame = useRef<HTMLIFrameElement>(null);
  const [point, setPoint] = useState<Point>();
  const [status, setStatus] = useState(note ?? text('mapHow'));
  const show = (at: Point | undefined) => frame.current?.contentWindow?.postMessage({ show: at }, location.origin);
  const shut = () => dialog.current?.close();

  useEffect(() => {
    const hear = ({ data, source, origin }: MessageEvent) => {
      if (source !== frame.current?.contentWindow || origin !== location.origin) return;
      if (data.ready && start) show(start);
      if (data.moved) setPoint(data.moved);
      if (data.close) shut();
    };
    addEventListener('message', hear);
    dialog.current?.showModal();
    return () => removeEventListener('message', hear);
  }, []);
  useWhere(acts, point, setStatus);

  const pick = ({ position }: Suggestion) => {
    show(position);
    return false;
  };
  const take = () => {
    if (!point) return setStatus(text('mapHow'));
    shut();
    use(point);
  };
  return (
    // Escape closes the map, not the chat around it.
    <dialog
      ref={dialog}
      class="answer map"
      aria-label={text('map')}
      onClose={close}
      onKeyDown={(event) => event.key === 'Escape' && event.stopPropagation()}
    >
      <button type="button" id="mapClose" onClick={shut}>
        {text('mapHide')}
      </button>
      <Combobox id="find" label={text('findPlace')} find={(words) => suggest(acts, words, 'place')} pick={pick} />
      <iframe ref={frame} title={text('mapTitle')} src={`/chat/map?lang=${encodeURIComponent(page.lang)}`} />
      <p role="status" class="note">
        {status}
      </p>
      <button type="button" id="usePoint" onClick={take}>
        {text('mapUse')}
      </button>
    </dialog>
  );
}

/** Says what a point is near, once it rests. */
function useWhere(acts: Acts, point: Point | undefined, say: (words: string) => void): void {
  useEffect(() => {
    if (!point) return;
    let current = true;
    const found = (place: string | undefined) => {
      if (current) say(place ? text('mapHere', { place }) : text('mapAway'));
    };
    const timer = setTimeout(() => near(acts, point).then(found, () => say('')), PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [point]);
}
