import { text } from '../page';
import type { Suggestion } from '../protocol';
import type { Acts } from '../state';
import { Combobox } from './Combobox';
import { suggest } from './search';

/** An address from the council's list. A street or a postcode leads to its addresses; whatever else is written is sent as it is. */
export function AddressAnswer({ acts }: { acts: Acts }) {
  const send = (words: string) => acts.say({ type: 'message', text: words });
  const pick = ({ kind, label }: Suggestion) => {
    if (kind === 'address') send(label);
    return kind !== 'address';
  };
  return (
    <div class="answer">
      <Combobox
        id="address"
        label={text('findAddress')}
        find={(words) => suggest(acts, words, 'address')}
        pick={pick}
        send={send}
      />
    </div>
  );
}
