/**
 * As much of `XMLHttpRequest` as the official client's HTTP library uses, on top of `fetch`: that client was made for
 * browsers and has no other way to ask.
 */
export class FetchXMLHttpRequest {
  readyState = 0;
  status = 0;
  response: unknown = null;
  responseText = '';
  responseType = '';
  timeout = 0;
  withCredentials = false;
  onreadystatechange: ((event: object) => void) | null = null;
  ontimeout: ((event: object) => void) | null = null;
  onerror: ((event: object) => void) | null = null;
  readonly upload = {};
  private readonly headers = new Headers();
  private answered = new Headers();
  private method = 'GET';
  private url = '';
  private readonly aborted = new AbortController();

  open(method: string, url: string): void {
    this.method = method;
    this.url = url;
    this.readyState = 1;
  }

  setRequestHeader(name: string, value: string): void {
    this.headers.set(name, value);
  }

  getResponseHeader(name: string): string | null {
    return this.answered.get(name);
  }

  abort(): void {
    this.aborted.abort();
  }

  send(body?: string | FormData): void {
    const { method, headers } = this;
    fetch(this.url, { method, headers, signal: this.aborted.signal, ...(body && { body }) })
      .then(async (response) => {
        this.status = response.status;
        this.answered = response.headers;
        if (this.responseType === 'arraybuffer') this.response = await response.arrayBuffer();
        else {
          this.responseText = await response.text();
          this.response = this.responseType === 'json' ? JSON.parse(this.responseText || 'null') : this.responseText;
        }
        this.readyState = 4;
        this.onreadystatechange?.({});
      })
      .catch((error: unknown) => {
        if (!this.aborted.signal.aborted) this.onerror?.({ error });
      });
  }
}
