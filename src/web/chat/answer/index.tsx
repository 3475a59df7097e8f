import { text } from '../page';
import type { Asks } from '../protocol';
import { adopt } from '../sheet';
import type { Acts } from '../state';
import { AddressAnswer } from './AddressAnswer';
import css from './answer.css?inline';
import { DayAnswer } from './DayAnswer';
import { PlaceAnswer } from './PlaceAnswer';
import type { Point } from './position';
import { RatingAnswer } from './RatingAnswer';

export { Card } from './Card';

adopt(css);

interface Props {
  readonly asks: Asks;
  /** Where the resident's photo was taken. */
  readonly photo: Point | undefined;
  readonly acts: Acts;
}

/** A way to answer besides words, by what is asked. Loaded when it is first needed. */
export function Answer({ asks, photo, acts }: Props) {
  switch (asks.kind) {
    case 'date':
      return <DayAnswer asks={asks} acts={acts} />;
    case 'address':
      return <AddressAnswer acts={acts} />;
    case 'place':
      return <PlaceAnswer photo={photo} acts={acts} />;
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
