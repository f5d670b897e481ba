/** The body of a 404 without JSON: none, or, if it is negotiated, none for clients that accept JSON and else a page. */
export type NotFoundBody = 'empty' | 'negotiated';

/** What an error answer of HubSpot says besides its status and correlation id. */
export interface ApiErrorBody {
  readonly message: string;
  /** `null` for the answers that carry none. */
  readonly category?: string | null;
  readonly subCategory?: string;
  /** Numbers are bigints, so that they keep their digits. */
  readonly context?: Readonly<Record<string, readonly unknown[]>>;
  readonly errors?: readonly { readonly message: string; readonly in?: string; readonly context?: object }[];
  readonly links?: Readonly<Record<string, string>>;
}

/** Ends a request with an error answer; whatever it wrote is rolled back. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: ApiErrorBody | NotFoundBody;

  constructor(status: number, body: ApiErrorBody | NotFoundBody) {
    super(typeof body === 'string' ? `${status} without a JSON body` : body.message);
    this.status = status;
    this.body = body;
  }
}

/** Refuses the request with a JSON body of the general envelope; its category is VALIDATION_ERROR unless given. */
export function refuse(status: number, body: ApiErrorBody): never {
  throw new ApiError(status, body);
}

/** Refuses with one of the 404s that have no JSON body. */
export function refuseNotFound(body: NotFoundBody): never {
  throw new ApiError(404, body);
}

/** An error's members in the order of HubSpot's envelope, absent ones left out. */
export function toEnvelope(body: ApiErrorBody, correlationId: string): Record<string, unknown> {
  const { message, category = 'VALIDATION_ERROR', ...rest } = body;
  return { status: 'error', message, correlationId, ...rest, ...(category === null ? {} : { category }) };
}
