import { dayOf, timeOf } from './words';

/** A moment for people and machines; the day too unless it is today. */
export function Moment({ at, now }: { readonly at: number; readonly now: number }) {
  const day = dayOf(at);
  return <time dateTime={new Date(at).toISOString()}>{day === dayOf(now) ? timeOf(at) : `${day}, ${timeOf(at)}`}</time>;
}
