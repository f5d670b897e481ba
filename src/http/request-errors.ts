import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { badRequest, RequestError, toBody } from '../graphql/request-error.ts';
import { privateHeaders } from './private-answers.ts';

/**
 * Answers requests that never become an operation. One that is malformed, refused or went wrong is answered in GraphQL's form,
 * one for which there is nothing with a short JSON text. What is not the caller's fault is masked.
 */
export function answerRequestErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => send(request, reply, toRequestError(error)));
  app.setNotFoundHandler((request, reply) => {
    if (request.url.split('?', 1)[0] !== '/graphql') return reply.code(404).send({ message: 'There is nothing here.' });
    void reply.header('allow', 'GET, POST');
    return send(request, reply, badRequest(405, 'GraphQL is asked by GET or POST.'));
  });
}

/** Answers a request whose URL cannot be read. */
export function answerBadUrl(_: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  // No hook sees this answer.
  void send(request, reply.headers(privateHeaders), badRequest(400, 'The URL cannot be read.'));
}

/** What the caller is told of an error; 500 where it is a defect, which is masked. */
export function toRequestError(error: FastifyError): RequestError {
  if (error instanceof RequestError) return error;
  const known = requestErrors[error.code];
  if (known !== undefined) return known();
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) return badRequest(status, 'The request cannot be read.');
  return new RequestError(500, 'INTERNAL_SERVER_ERROR', 'Internal server error');
}

const requestErrors: Readonly<Record<string, () => RequestError>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () => new RequestError(413, 'PAYLOAD_TOO_LARGE', 'The body is too large.'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => badRequest(415, 'The content type must be application/json.'),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => badRequest(400, 'The body is empty.'),
  FST_ERR_CTP_INVALID_JSON_BODY: () => badRequest(400, 'The body is not JSON, or has a key that is not taken.'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => badRequest(400, 'The body is not as long as its content-length says.'),
};

function send({ headers }: FastifyRequest, reply: FastifyReply, requestError: RequestError): FastifyReply {
  const wantsGraphql = headers.accept?.includes('application/graphql-response+json') === true;
  return reply
    .code(requestError.statusCode)
    .type(`application/${wantsGraphql ? 'graphql-response+json' : 'json'}; charset=utf-8`)
    .send(toBody(requestError));
}
