import { useId, useState } from 'preact/hooks';
import { OUTCOMES, type Outcome } from '../../handoff/api';
import { Ask } from './Ask';
import { OUTCOME_NAMES } from './words';

interface ClosingProps {
  readonly title: string;
  readonly onDone: (outcome: Outcome, remark: string) => void;
  readonly onCancel: () => void;
}

export function Closing({ title, onDone, onCancel }: ClosingProps) {
  const [outcome, setOutcome] = useState<Outcome>('solved');
  const [remark, setRemark] = useState('');
  const id = useId();
  return (
    <Ask title={title} onClose={onCancel}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onDone(outcome, remark);
        }}
      >
        <fieldset>
          <legend>How did it end?</legend>
          {OUTCOMES.map((one) => (
            <label key={one}>
              <input type="radio" name={`${id}-outcome`} checked={outcome === one} onChange={() => setOutcome(one)} />{' '}
              {OUTCOME_NAMES[one]}
            </label>
          ))}
        </fieldset>
        <label for={`${id}-remark`}>Remark for the desk (optional)</label>
        <textarea
          id={`${id}-remark`}
          rows={2}
          dir="auto"
          maxLength={2000}
          value={remark}
          onInput={(event) => setRemark(event.currentTarget.value)}
        />
        <div class="row">
          <button type="submit" class="main">
            Close
          </button>
          <button type="button" onClick={onCancel}>
            Cancel
          </button>
        </div>
      </form>
    </Ask>
  );
}
