import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { apiErrors } from './assumptions.ts';

/** Ends a request with this status and `{"error": message}`, the form of the one error body that the reference shows. */
export class ApiError extends Error {
  readonly statusCode: number;

  constructor({ status, message }: { readonly status: number; readonly message: string }) {
    super(message);
    this.statusCode = status;
  }
}

/** Sends any error as `{"error": string}`; what is no ApiError becomes a 500 that tells nothing. */
export function sendError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const { statusCode = 500, message } = error;
  if (statusCode < 500) {
    void reply.code(statusCode).send({ error: message });
    return;
  }
  request.log.error(error);
  void reply.code(apiErrors.serverError.status).send({ error: apiErrors.serverError.message });
}

/** Refuses a path that the API does not have, in the form of its other errors: throws. */
export function refuseUnknownRoute(): never {
  throw new ApiError(apiErrors.routeNotFound);
}
