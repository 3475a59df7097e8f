import type { HttpResponse } from '../channel';

/**
 * A request that is refused, in Direct Line's `ErrorResponse` shape. Thrown by the handlers, answered in one place.
 * Codes are those of the Bot Connector `ErrorResponse`; official clients act on the status and on `TokenExpired`.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly code: RefusalCode;

  constructor(status: number, code: RefusalCode, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }

  response(): HttpResponse {
    return { status: this.status, body: { error: { code: this.code, message: this.message } } };
  }
}

export type RefusalCode =
  | 'BadArgument'
  | 'BadSyntax'
  | 'ConversationNotFound'
  | 'Forbidden'
  | 'MessageSizeTooBig'
  | 'MethodNotAllowed'
  | 'NotFound'
  | 'ServiceError'
  | 'TokenExpired'
  | 'TooManyRequests'
  | 'Unauthorized'
  | 'UnsupportedMediaType';
