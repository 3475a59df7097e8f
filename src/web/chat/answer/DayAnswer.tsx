import { useRef } from 'preact/hooks';
import { page, text } from '../page';
import type { Asks } from '../protocol';
import type { Acts } from '../state';
import { numericDay, spokenDay } from './days';

/** A day of the calendar, within the days that can be an answer. */
export function DayAnswer({ asks, acts }: { asks: Asks; acts: Acts }) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <form
      class="answer"
      onSubmit={(event) => {
        event.preventDefault();
        const day = field.current?.value;
        if (!day) return;
        const displayText = spokenDay(day, page.dates);
        acts.say({ type: 'message', text: numericDay(day), channelData: { messageBack: { displayText } } });
      }}
    >
      <label for="day">{text('day')}</label>
      <div class="line">
        <input id="day" ref={field} type="date" required min={asks.min as string} max={asks.max as string} />
        <button type="submit">{text('daySend')}</button>
      </div>
    </form>
  );
}
