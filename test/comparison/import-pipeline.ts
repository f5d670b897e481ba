import { request } from 'undici';

/** Puts a pipeline into an account of the sandbox as it is, in the form of a HubSpot answer. */
export async function importPipeline(url: string, token: string, objectType: string, pipeline: object): Promise<void> {
  const { statusCode, body } = await request(`${url}/__sandbox/pipelines`, {
    method: 'POST',
    body: JSON.stringify({ token, objectType, pipeline }),
  });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`The sandbox refused the pipeline: ${text}`);
}
