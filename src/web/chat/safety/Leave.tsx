import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { page, text } from '../page';
import type { Acts } from '../state';
import { createPresses } from './presses';

/**
 * "Leave this page quickly", where a conversation is about abuse: a button and Escape three times lead to a harmless page, which takes
 * this one's place in the history. The name of the tab gives nothing away either.
 */
export function Leave({ acts }: { acts: Acts }) {
  const [how, setHow] = useState('');
  // Before it is painted: whoever sees the button may use the keys.
  useLayoutEffect(() => {
    document.title = page.council;
    const isThird = createPresses();
    const pressed = ({ key, repeat, timeStamp }: KeyboardEvent) => {
      if (isThird({ key, repeat, at: timeStamp })) leave(acts);
    };
    addEventListener('keydown', pressed, true);
    return () => removeEventListener('keydown', pressed, true);
  }, []);
  // A status is announced when it is filled, not when it comes filled.
  useEffect(() => setHow(text('leaveHow')), []);
  return (
    <div class="leave">
      <button type="button" id="leave" onClick={() => leave(acts)}>
        {text('leave')}
      </button>
      <p role="status">{how}</p>
    </div>
  );
}

/** Hides first: the other page may take its time. The panel leaves together with the page it is on. */
function leave(acts: Acts): void {
  document.documentElement.hidden = true;
  acts.end();
  (window.top ?? window).location.replace(page.leaveTo);
}
