import { GraphQLError } from 'graphql';

/** Why a request is not answered: a GraphQL error with the code that clients read, and the HTTP status that it has. */
export class RequestError extends GraphQLError {
  override readonly name = 'RequestError';
  readonly statusCode: number;

  constructor(statusCode: number, code: string, message: string, more: Readonly<Record<string, unknown>> = {}) {
    // Apollo Server takes the status from the extensions, and leaves it out of the answer.
    super(message, { extensions: { code, ...more, http: { status: statusCode } } });
    this.statusCode = statusCode;
  }
}

/** The error for what is no GraphQL over HTTP, with the code that Apollo Server gives to such requests. */
export function badRequest(statusCode: number, message: string): RequestError {
  return new RequestError(statusCode, 'BAD_REQUEST', message);
}

/** The error as the body of an answer. */
export function toBody({ message, extensions: { http: _http, ...extensions } }: RequestError): string {
  return JSON.stringify({ errors: [{ message, extensions }] });
}
