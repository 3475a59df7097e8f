import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Me } from '../../handoff/api';
import { createApi, Refusal } from './api';
import { Desk } from './Desk';
import { SetUp } from './SetUp';
import { SignIn } from './SignIn';

type Who = { readonly kind: 'unknown' } | { readonly kind: 'nobody' } | { readonly kind: 'agent'; readonly me: Me };

/** The token of a one-time link; taken out of the address at once, so that it is in no history and no screenshot. */
function takeToken(): string | undefined {
  const token = /^#link=([\w-]+)$/.exec(location.hash)?.[1];
  if (token !== undefined) history.replaceState(null, '', location.pathname);
  return token;
}

export function App() {
  const api = useMemo(createApi, []);
  const [token, setToken] = useState(takeToken);
  const [who, setWho] = useState<Who>({ kind: 'unknown' });
  const [problem, setProblem] = useState('');

  const enter = (me: Me): void => {
    api.signedIn(me);
    setToken(undefined);
    setWho({ kind: 'agent', me });
  };
  useEffect(() => {
    if (token !== undefined) return;
    api.get<Me>('/me').then(enter, (error: unknown) => {
      setWho({ kind: 'nobody' });
      if (!(error instanceof Refusal)) setProblem('The server cannot be reached.');
    });
  }, []);
  useEffect(() => {
    const onHash = (): void => setToken(takeToken);
    addEventListener('hashchange', onHash);
    return () => removeEventListener('hashchange', onHash);
  }, []);

  if (token !== undefined)
    return (
      <SetUp
        key={token}
        api={api}
        token={token}
        onDone={enter}
        onLeave={() => {
          setToken(undefined);
          setWho({ kind: 'nobody' });
        }}
      />
    );
  if (who.kind === 'agent') return <Desk api={api} me={who.me} onSignedOut={() => setWho({ kind: 'nobody' })} />;
  if (who.kind === 'nobody') return <SignIn api={api} onDone={enter} problem={problem} />;
  return <p class="loading">Loading …</p>;
}
