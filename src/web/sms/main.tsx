import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

interface Text {
  readonly id: string;
  readonly mine: boolean;
  readonly text: string;
  readonly status: string;
  readonly segments: number;
  readonly price: number;
  readonly at: number;
}

const POLL_MS = 1000;
const NUMBER = /^\+\d{7,15}$/;

/** A phone on the screen: what is typed goes through the real, signed webhook; what comes back was sent by the real client to a stand-in. */
function Phone() {
  const [number, setNumber] = useState('+447700900123');
  const [council, setCouncil] = useState('');
  const [texts, setTexts] = useState<readonly Text[]>([]);
  const [problem, setProblem] = useState('');
  const log = useRef<HTMLDivElement>(null);

  const load = async () => {
    if (!NUMBER.test(number)) return;
    const response = await fetch(`/sms/messages?number=${encodeURIComponent(number)}`);
    if (!response.ok) return setProblem('The messages cannot be read. Is Wandle still running?');
    const answer = (await response.json()) as { council: string; messages: readonly Text[] };
    setProblem('');
    setCouncil(answer.council);
    setTexts(answer.messages);
  };
  useEffect(() => {
    const poll = () => void load().catch(() => setProblem('Wandle does not answer. Trying again …'));
    poll();
    const timer = setInterval(poll, POLL_MS);
    return () => clearInterval(timer);
  }, [number]);
  useEffect(() => log.current?.scrollTo({ top: log.current.scrollHeight }), [texts.length]);

  const send = async (body: string) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch('/sms/messages', {
      method: 'POST',
      headers,
      body: JSON.stringify({ from: number, body }),
    });
    setProblem(response.ok ? '' : 'The text was not taken. Check the number: +447700900123');
    await load();
  };

  const cost = texts.reduce((sum, text) => sum + text.price, 0);
  const segments = texts.filter((text) => !text.mine).reduce((sum, text) => sum + text.segments, 0);
  return (
    <>
      <header>
        <h1>
          Text to <bdi>{council}</bdi>
        </h1>
        <label>
          Your number
          <input value={number} inputMode="tel" onInput={(event) => setNumber(event.currentTarget.value.trim())} />
        </label>
      </header>
      {problem && <p role="alert">{problem}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <div ref={log} role="log" aria-label="Messages" tabIndex={0}>
        <ol>
          {texts.map((text) => (
            <Bubble key={text.id} text={text} />
          ))}
        </ol>
      </div>
      <Composer send={send} />
      <footer>
        {segments} message parts from the council, about ${cost.toFixed(2)}
      </footer>
    </>
  );
}

function Bubble({ text }: { readonly text: Text }) {
  const time = new Date(text.at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return (
    <li class={text.mine ? 'mine' : 'theirs'}>
      <p dir="auto">{text.text}</p>
      <small>
        {text.mine ? 'You' : `Council, ${text.segments} ${text.segments === 1 ? 'part' : 'parts'}, ${text.status}`},{' '}
        {time}
      </small>
    </li>
  );
}

function Composer({ send }: { readonly send: (body: string) => Promise<void> }) {
  const [body, setBody] = useState('');
  const submit = (event: Event) => {
    event.preventDefault();
    if (body.trim() === '') return;
    setBody('');
    void send(body);
  };
  return (
    <form onSubmit={submit}>
      <label>
        <span>Your text</span>
        <input
          value={body}
          maxLength={1600}
          autocomplete="off"
          dir="auto"
          onInput={(event) => setBody(event.currentTarget.value)}
        />
      </label>
      <button type="submit">Send</button>
    </form>
  );
}

const place = document.getElementById('phone');
if (place) render(<Phone />, place);
