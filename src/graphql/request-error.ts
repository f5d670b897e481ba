import { GraphQLError } from 'graphql';

/** Why a request is not answered: a GraphQL error with the code that clients read, and the HTTP status that it has. */
export class Refusal extends GraphQLError {
  override readonly name = 'Refusal';
  readonly statusCode: number;

  constructor(statusCode: number, code: string, message: string, more: Readonly<Record<string, unknown>> = {}) {
    // Apollo Server takes the status from the extensions, and leaves it out of the answer.
    super(message, { extensions: { code, ...more, http: { status: statusCode } } });
    this.statusCode = statusCode;
  }
}

/** The refusal of what is no GraphQL over HTTP, with the code that Apollo Server gives to such requests. */
export function badRequest(statusCode: number, message: string): Refusal {
  return new Refusal(statusCode, 'BAD_REQUEST', message);
}

/** The refusal as the body of an answer. */
export function toBody({ message, extensions: { http: _http, ...extensions } }: Refusal): string {
  return JSON.stringify({ errors: [{ message, extensions }] });
}
