import type { MissingForm } from './assumptions.ts';

/** What an error answer of HubSpot says besides its status and correlation id. */
export interface ApiErrorBody {
  readonly message: string;
  /** `null` for the answers that carry none. */
  readonly category?: string | null;
  readonly subCategory?: string;
  readonly context?: Readonly<Record<string, readonly string[]>>;
  readonly errors?: readonly { readonly message: string; readonly in?: string; readonly context?: object }[];
  readonly links?: Readonly<Record<string, string>>;
}

/** Ends a request with an error answer; whatever it wrote is rolled back. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: ApiErrorBody | MissingForm;

  constructor(status: number, body: ApiErrorBody | MissingForm) {
    super(typeof body === 'string' ? `${status} without a JSON body` : body.message);
    this.status = status;
    this.body = body;
  }
}

/** Refuses the request with a JSON body of the general envelope; the category is VALIDATION_ERROR unless said otherwise. */
export function refuse(status: number, body: ApiErrorBody): never {
  throw new ApiError(status, body);
}

/** Refuses with one of the 404s that have no JSON body. */
export function refuseMissing(form: MissingForm): never {
  throw new ApiError(404, form);
}

/** The members of a refusal in the order of HubSpot's envelope, absent ones left out. */
export function toEnvelope(body: ApiErrorBody, correlationId: string): Record<string, unknown> {
  const { message, category = 'VALIDATION_ERROR', ...rest } = body;
  return { status: 'error', message, correlationId, ...rest, ...(category === null ? {} : { category }) };
}
