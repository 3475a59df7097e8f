import { adopt } from '../sheet';
import type { Acts, ChatState } from '../state';
import { isHushed } from '../transcript';
import { IdleWarning } from './IdleWarning';
import { Leave } from './Leave';
import css from './safety.css?inline';

adopt(css);

/** What protects whoever writes here from somebody near, and from whoever uses the device next. Loaded once the chat is there. */
export function Safety({ state, acts }: { state: ChatState; acts: Acts }) {
  return (
    <>
      {isHushed(state.entries) && <Leave acts={acts} />}
      <IdleWarning state={state} acts={acts} />
    </>
  );
}
