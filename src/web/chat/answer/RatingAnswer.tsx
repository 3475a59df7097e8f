import { useState } from 'preact/hooks';
import { isMeant } from '../Composer';
import { text } from '../page';
import type { Asks } from '../protocol';
import type { Acts } from '../state';

/** How it went, best first. Nobody has to say. */
export function RatingAnswer({ asks: { about }, acts }: { asks: Asks; acts: Acts }) {
  const [given, setGiven] = useState(false);
  if (given) return null;
  const rate = (score: number) => {
    setGiven(true);
    acts.tell({ type: 'event', name: 'rating', value: { about, score } });
    document.getElementById('text')?.focus();
  };
  return (
    <fieldset class="answer rating">
      <legend>{text('rate')}</legend>
      <div class="line">
        {[5, 4, 3, 2, 1].map((score) => (
          <button type="button" onClick={(event) => isMeant(event) && rate(score)}>
            {text(`rate${score}`)}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
