import { trace } from '@opentelemetry/api';

/** Makes the gateway's spans, which go nowhere until a process registers an SDK. */
export const tracer = trace.getTracer('pipeline-gateway');
