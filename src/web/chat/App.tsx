import { Composer } from './Composer';
import { Log } from './Log';
import { embedded, page, text } from './page';
import { type Acts, type ChatState, placeOfPhoto } from './state';
import { asksOf } from './transcript';

export function App({ state, acts }: { state: ChatState; acts: Acts }) {
  const over = state.line === 'ended';
  const asks = asksOf(state.entries);
  const More = state.more?.Answer;
  const { Safety } = state;
  return (
    <>
      {Safety && <Safety state={state} acts={acts} />}
      <Header state={state} acts={acts} />
      {state.asking && <AskEnd acts={acts} />}
      <Log state={state} acts={acts} />
      <p id="status" role="status">
        {over
          ? text(state.notice ?? 'ended')
          : state.line === 'offline'
            ? text('offline')
            : state.notice
              ? text(state.notice)
              : ''}
      </p>
      {over ? (
        <button type="button" id="restart" onClick={acts.restart}>
          {text('restart')}
        </button>
      ) : (
        <>
          {More && asks && <More key={state.entries.at(-1)?.key} asks={asks} photo={placeOfPhoto(state)} acts={acts} />}
          <Composer state={state} acts={acts} />
        </>
      )}
    </>
  );
}

function Header({ state, acts }: { state: ChatState; acts: Acts }) {
  const { council, languages, locale } = page;
  return (
    <header>
      <h1>{text('title', { council })}</h1>
      {embedded && (
        <button type="button" id="close" aria-label={text('close')} onClick={acts.close}>
          ×
        </button>
      )}
      <div class="tools">
        <label class="vh" for="language">
          {text('language')}
        </label>
        <select id="language" onChange={({ currentTarget }) => acts.speak(currentTarget.value)}>
          {languages.map(({ tag, name }) => (
            <option value={tag} lang={tag} selected={tag === locale}>
              {name}
            </option>
          ))}
        </select>
        {state.entries.length > 0 && (
          <button type="button" onClick={acts.save}>
            {text('save')}
          </button>
        )}
        {state.line !== 'ended' && (
          <button type="button" id="end" aria-expanded={state.asking} onClick={() => acts.ask(!state.asking)}>
            {text('end')}
          </button>
        )}
      </div>
    </header>
  );
}

function AskEnd({ acts }: { acts: Acts }) {
  return (
    <section class="ask" aria-label={text('end')}>
      <p>{text('endAsk')}</p>
      <button type="button" id="endYes" onClick={() => acts.end()}>
        {text('endYes')}
      </button>
      <button type="button" onClick={() => acts.ask(false)}>
        {text('endNo')}
      </button>
    </section>
  );
}
