import type { Attachment } from '../protocol';
import { RichText } from '../RichText';
import type { Acts } from '../state';

/** A hero card: its words, its pictures where they come from us, its buttons. */
export function Card({ card, acts }: { card: NonNullable<Attachment['content']>; acts: Acts }) {
  const { title, subtitle, text, images = [], buttons = [] } = card;
  const own = images.filter(
    ({ url }) => url.startsWith(`${location.origin}/`) || /^data:image\/(png|jpeg|webp|gif);/.test(url),
  );
  return (
    <div class="card">
      {own.map(({ url, alt = '' }) => (
        <img src={url} alt={alt} />
      ))}
      {title && <strong>{title}</strong>}
      <RichText text={[subtitle, text].filter(Boolean).join('\n\n')} />
      {buttons.length > 0 && (
        <ul>
          {buttons.map((button) => (
            <li>
              {button.type === 'openUrl' ? (
                <Link url={String(button.value)} title={button.title} />
              ) : (
                <button type="button" onClick={() => acts.choose(button)}>
                  {button.title ?? String(button.value)}
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Only addresses of the web: no script, no mail, no file. */
function Link({ url, title = url }: { url: string; title: string | undefined }) {
  if (!/^https?:\/\//i.test(url)) return <>{title}</>;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {title}
    </a>
  );
}
