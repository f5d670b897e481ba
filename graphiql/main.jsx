import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { examples } from './examples/index.js';
import { fetcher } from './fetcher.js';
import { storage } from './storage.js';

// What the gateway reads; an editor full of comments sends none of them.
const headers = `{
  // "x-api-key": "",
  // "authorization": "Bearer ",
  // "cache-control": "no-cache",
  // "x-deadline-ms": "2000"
}`;

createRoot(document.getElementById('graphiql')).render(
  <GraphiQL
    fetcher={fetcher}
    defaultTabs={examples.map((query) => ({ query, headers }))}
    defaultHeaders={headers}
    storage={storage}
    shouldPersistHeaders={false}
    defaultEditorToolsVisibility="headers"
    schemaDescription
    inputValueDeprecation
  >
    <GraphiQL.Logo>
      <span className="name">pipeline-gateway</span>
    </GraphiQL.Logo>
  </GraphiQL>,
);
