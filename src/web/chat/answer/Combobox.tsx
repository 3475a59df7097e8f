import { useEffect, useRef, useState } from 'preact/hooks';
import { text } from '../page';
import type { Suggestion } from '../protocol';

/** So long the resident has to pause before the server is asked. */
const PAUSE_MS = 250;
const ENOUGH = 2;

interface Props {
  readonly id: string;
  readonly label: string;
  readonly find: (words: string) => Promise<readonly Suggestion[]>;
  /** Takes one of the list. True: it only leads on, to what it holds. */
  readonly pick: (suggestion: Suggestion) => boolean;
  /** Takes what was written as it is. */
  readonly send?: (words: string) => void;
}

/** A text field with a list that fits what is typed: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ */
export function Combobox({ id, label, find, pick, send }: Props) {
  const [words, setWords] = useState('');
  /** What was taken is not searched again. */
  const [taken, setTaken] = useState('');
  const [found, setFound] = useState<readonly Suggestion[]>();
  const [active, setActive] = useState(-1);
  const list = useRef<HTMLDivElement>(null);
  useSearch(words === taken ? '' : words, find, (suggestions) => {
    setFound(suggestions);
    setActive(-1);
  });
  useEffect(() => list.current?.children[active]?.scrollIntoView({ block: 'nearest' }), [active]);

  const take = (suggestion: Suggestion) => {
    setFound(undefined);
    setWords(suggestion.label);
    if (!pick(suggestion)) setTaken(suggestion.label);
  };
  const count = found?.length ?? 0;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const { key } = event;
    const one = found?.[active];
    if (key === 'ArrowDown' && count > 0) setActive((active + 1) % count);
    else if (key === 'ArrowUp' && count > 0) setActive(active <= 0 ? count - 1 : active - 1);
    else if (key === 'Escape' && found) setFound(undefined);
    else if (key === 'Enter' && one) take(one);
    else if (key === 'Enter' && words.trim()) send?.(words.trim());
    else if (key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="combobox">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        dir="auto"
        role="combobox"
        autocomplete="off"
        maxLength={100}
        aria-autocomplete="list"
        aria-controls={`${id}-list`}
        aria-expanded={count > 0}
        aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
        value={words}
        onInput={({ currentTarget }) => setWords(currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div id={`${id}-list`} ref={list} role="listbox" aria-label={label} hidden={count === 0}>
        {found?.map((suggestion, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys, and names the active option
          <div
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            dir="auto"
            aria-selected={index === active}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take(suggestion)}
          >
            {suggestion.label}
          </div>
        ))}
      </div>
      <p role="status" class={count > 0 ? 'vh' : 'note'}>
        {found && (count > 0 ? text('found', { count: String(count) }) : text('foundNone'))}
      </p>
    </div>
  );
}

/** Asks when the typing pauses; an answer that is overtaken by a newer question is dropped. */
function useSearch(
  words: string,
  find: Props['find'],
  show: (suggestions: readonly Suggestion[] | undefined) => void,
): void {
  useEffect(() => {
    if (words.trim().length < ENOUGH) return show(undefined);
    let current = true;
    const answered = (suggestions: readonly Suggestion[] | undefined) => {
      if (current) show(suggestions);
    };
    const timer = setTimeout(() => find(words).then(answered, () => answered(undefined)), PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [words]);
}
