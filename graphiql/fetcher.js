/** Sends an operation to the gateway that served this page, with the headers of the tab that it was written in. */
export async function fetcher(operation, { headers } = {}) {
  const answer = await fetch('/graphql', {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
    body: JSON.stringify(operation),
  });
  return answer.json();
}
