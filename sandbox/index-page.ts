import type { FastifyInstance } from 'fastify';
import { faultNames } from './fault-injection/fault-rule.ts';

/** What is here: each part by its name, and each line of it with what it is. */
const index = {
  apis: {
    '/crm/pipelines/{version}/{objectType}':
      "HubSpot's pipelines API: v3 (as /crm/v3/pipelines/…), 2025-09, 2026-03 and 2026-09",
    '/crm-pipelines/v1/pipelines/{objectType}': "HubSpot's legacy API, the same account as above for the same token",
    '/api/pipelines?type=Contact': 'the organization API, for Contact and Application',
  },
  tokens: {
    'any other': 'an account of its own, seeded when it is seen first; sent as `Authorization: Bearer …`',
    'sandbox-invalid': 'is refused as unknown',
    'sandbox-expired': 'is refused as expired',
    'sandbox-no-scopes': 'may do nothing',
  },
  control: {
    'GET /__sandbox/requests': 'what was asked, without tokens; DELETE empties it',
    'GET /__sandbox/faults': 'the faults that are to come; DELETE ends them',
    'POST /__sandbox/faults':
      'one fault more, for example {"fault": "status", "status": 503, "times": 1, "match": {"method": "GET"}}',
    'POST /__sandbox/records': 'records in a stage: {"token", "objectType", "pipelineId", "stageId", "recordIds"}',
    'POST /__sandbox/pipelines': 'a pipeline as it is, past all rules: {"token", "objectType", "pipeline"}',
    'POST /__sandbox/reset': 'every account as it was seeded',
  },
  faults: Object.fromEntries(faultNames.map((name) => [name, describeFault(name)])),
} as const;

function describeFault(name: (typeof faultNames)[number]): string {
  const descriptions: Readonly<Record<typeof name, string>> = {
    status: 'an answer with another status, and a body and headers if they are given',
    latency: 'an answer that is late by `ms`',
    reset: 'a connection that is cut',
    hang: 'no answer at all',
    drip: 'an answer byte by byte, each `ms` after the last',
    html: 'an answer in HTML',
    truncate: 'half an answer',
    empty: 'an answer without a body',
    'wrong-shape': 'JSON that no document describes',
    huge: 'an answer that is far too large',
    unapplied: 'an answer as to a write that happened, which did not',
  };
  return descriptions[name];
}

/** Serves what is where at `GET /`: as a page to browsers, else as JSON. */
export function serveIndex(app: FastifyInstance): void {
  app.get('/', (request, reply) => {
    void reply.header('vary', 'accept');
    if (!request.headers.accept?.includes('text/html')) return index;
    return reply.type('text/html; charset=utf-8').send(page);
  });
}

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>The sandbox of pipeline-gateway</title>
<style>
  :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
  body { max-width: 48rem; margin: 2rem auto; padding: 0 1rem }
  dt { margin-top: 0.75rem }
  code { overflow-wrap: anywhere }
</style>
<h1>The sandbox</h1>
<p>The three upstream APIs, with invented data. Nothing here is a real account.</p>
${Object.entries(index).map(toSection).join('\\n')}
</html>
`;

function toSection([title, lines]: readonly [string, Readonly<Record<string, string>>]): string {
  const items = Object.entries(lines).map(([name, text]) => `<dt><code>${escape(name)}</code><dd>${escape(text)}`);
  return `<h2>${title}</h2>\\n<dl>\\n${items.join('\\n')}\\n</dl>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
