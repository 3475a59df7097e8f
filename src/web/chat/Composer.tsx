import { text } from './page';
import type { Acts, ChatState } from './state';
import { choicesOf } from './transcript';

/** The second half of a double click may hit the answer to the next question. */
export const isMeant = ({ detail }: UIEvent): boolean => detail < 2;

/** Where the resident answers: choices, files to be sent, the text box. */
export function Composer({ state, acts }: { state: ChatState; acts: Acts }) {
  const choices = choicesOf(state.entries);
  return (
    <form
      id="composer"
      onSubmit={(event) => {
        event.preventDefault();
        acts.send();
      }}
    >
      {choices.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend that is seen
        <div class="choices" role="group" aria-label={text('choices')}>
          {choices.map((action) => (
            <button type="button" onClick={(event) => isMeant(event) && acts.choose(action)}>
              {action.title ?? String(action.value)}
            </button>
          ))}
        </div>
      )}
      <Photos state={state} acts={acts} />
      <div class="row">
        <label class="attach" title={text('attach')}>
          <span class="vh">{text('attach')}</span>
          <input
            type="file"
            id="file"
            accept="image/jpeg,image/png,image/webp,image/gif,application/pdf"
            multiple
            onChange={({ currentTarget }) => {
              acts.attach([...(currentTarget.files ?? [])]);
              currentTarget.value = '';
            }}
          />
          <Icon path="M12 8a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9Zm-3.6-4h7.2l1.6 2.5H20a2 2 0 0 1 2 2V18a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V8.500a2 2 0 0 1 2-2h2.800z" />
        </label>
        <label class="vh" for="text">
          {text('message')}
        </label>
        <textarea
          id="text"
          rows={1}
          dir="auto"
          autocomplete="off"
          maxLength={4000}
          placeholder={text('message')}
          onInput={({ currentTarget }) => acts.write(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            acts.send();
          }}
        />
        <button type="submit" class="send" aria-label={text('send')}>
          <Icon path="M3 4l18 8-18 8 3-8zm3 8h7" />
        </button>
      </div>
    </form>
  );
}

function Photos({ state, acts }: { state: ChatState; acts: Acts }) {
  if (state.photos.length === 0) return null;
  return (
    <ul class="photos" aria-label={text('attached')}>
      {state.photos.map(({ key, file, preview }) => (
        <li key={key}>
          {preview ? (
            <img src={preview} alt={text('photo', { name: file.name })} />
          ) : (
            <span class={file.type === 'application/pdf' ? 'pdf' : ''}>{file.name}</span>
          )}
          <button type="button" aria-label={text('remove', { name: file.name })} onClick={() => acts.detach(key)}>
            ×
          </button>
        </li>
      ))}
    </ul>
  );
}

function Icon({ path }: { path: string }) {
  return (
    <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
