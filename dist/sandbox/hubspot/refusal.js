/** Ends a request with an error answer; whatever it wrote is rolled back. */
export class Refusal extends Error {
  status;
  body;
  constructor(status, body) {
    super(typeof body === 'string' ? `${status} without a JSON body` : body.message);
    this.status = status;
    this.body = body;
  }
}
/** Refuses the request with a JSON body of the general envelope; the category is VALIDATION_ERROR unless said otherwise. */
export function refuse(status, body) {
  throw new Refusal(status, body);
}
/** Refuses with one of the 404s that have no JSON body. */
export function refuseMissing(form) {
  throw new Refusal(404, form);
}
/** The members of a refusal in the order of HubSpot's envelope, absent ones left out. */
export function toEnvelope(body, correlationId) {
  const { message, category = 'VALIDATION_ERROR', ...rest } = body;
  return { status: 'error', message, correlationId, ...rest, ...(category === null ? {} : { category }) };
}
