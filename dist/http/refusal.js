import { GraphQLError } from 'graphql';
/** Why a request is not answered: a GraphQL error with the code that clients read, and the HTTP status that it has. */
export class Refusal extends GraphQLError {
  name = 'Refusal';
  statusCode;
  constructor(statusCode, code, message, more = {}) {
    // Apollo Server takes the status from the extensions, and leaves it out of the answer.
    super(message, { extensions: { code, ...more, http: { status: statusCode } } });
    this.statusCode = statusCode;
  }
}
/** The refusal of what is no GraphQL over HTTP, with the code that Apollo Server gives to such requests. */
export function badRequest(statusCode, message) {
  return new Refusal(statusCode, 'BAD_REQUEST', message);
}
/** The refusal as the body of an answer. */
export function toBody({ message, extensions: { http: _http, ...extensions } }) {
  return JSON.stringify({ errors: [{ message, extensions }] });
}
