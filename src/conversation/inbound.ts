import type { Activity } from 'botbuilder';
import { z } from 'zod';
import { readMapLink } from './mapLink';
import type { Position } from './ports';

/** What a resident sent, as far as it may be believed. */
export interface Said {
  readonly text: string;
  readonly value: string | undefined;
  readonly position: Position | undefined;
  readonly photo: string | undefined;
}
const MAX_TEXT = 4000;
const Value = z.union([
  z.string().max(200),
  z.object({ choice: z.string().max(200) }).transform(({ choice }) => choice),
]);
const Geo = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  /** What the page shows of it. */
  name: z.string().optional().catch(undefined),
});
const Attachment = z.object({ contentType: z.string().startsWith('image/'), contentUrl: z.string().max(2000) });

/** Nothing in an activity is trusted: text is cut, values and positions are checked. A pasted map link is a position. */
export function readActivity(activity: Activity): Said {
  const value = Value.safeParse(activity.value);
  const place = (activity.entities ?? []).map((entity) => Geo.safeParse(entity)).find(({ success }) => success);
  const picture = (activity.attachments ?? []).map((file) => Attachment.safeParse(file)).find(({ success }) => success);
  // Where the words only say what the position is called, they are the page's and not the resident's.
  const isOnlyPlace = place?.data?.name !== undefined && place.data.name === activity.text;
  const text = isOnlyPlace ? '' : (activity.text ?? '').slice(0, MAX_TEXT);
  const link = readMapLink(text);
  const shared = place?.data && { lat: place.data.latitude, lon: place.data.longitude };
  return {
    text: link?.text ?? text,
    value: value.data,
    position: shared ?? link?.position,
    photo: picture?.data?.contentUrl,
  };
}
