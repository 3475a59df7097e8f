import { text } from '../page';
import type { Asks } from '../protocol';
import { adopt } from '../sheet';
import type { Acts } from '../state';
import { AddressAnswer } from './AddressAnswer';
import css from './answer.css?inline';
import { DayAnswer } from './DayAnswer';
import { PlaceAnswer } from './PlaceAnswer';
import { RatingAnswer } from './RatingAnswer';

export { Card } from './Card';

adopt(css);

/** A way to answer besides words, by what is asked. Loaded when it is first needed. */
export function Answer({ asks, acts }: { asks: Asks; acts: Acts }) {
  switch (asks.kind) {
    case 'date':
      return <DayAnswer asks={asks} acts={acts} />;
    case 'address':
      return <AddressAnswer acts={acts} />;
    case 'place':
      return <PlaceAnswer acts={acts} />;
    case 'rating':
      return <RatingAnswer asks={asks} acts={acts} />;
    case 'photo':
      return (
        <div class="answer line">
          <button type="button" id="addPhoto" onClick={() => document.getElementById('file')?.click()}>
            {text('attach')}
          </button>
        </div>
      );
    default:
      return null;
  }
}
