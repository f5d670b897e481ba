import type { Browser, BrowserContextOptions, Page, Response } from 'playwright-core';

/** GraphiQL open in a browser that nobody used before. */
interface GraphiqlPage {
  readonly page: Page;
  /** What the console calls an error, what was thrown, and each request that left the gateway's origin. */
  readonly problems: readonly string[];
  /** Runs the example of that name; ends when the answer has come. */
  run(example: string): Promise<unknown>;
  /** Ends when the response pane shows the text. */
  shows(text: string): Promise<void>;
  /** Keeps a picture of the page as a build artefact. */
  keepScreenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

const maxClicks = 6;

/** Opens it, as a browser that is led there from the gateway's root. */
export async function openGraphiql(
  browser: Browser,
  url: string,
  options: Pick<BrowserContextOptions, 'colorScheme' | 'viewport'> = {},
): Promise<GraphiqlPage> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
  const page = await context.newPage();
  const problems = watch(page, url);
  await page.goto(url);
  const execute = page.getByRole('button', { name: 'Execute query' });
  const isAnswer = (response: Response): boolean => response.url() === `${url}/graphql`;
  await Promise.all([execute.waitFor(), page.waitForResponse(isAnswer)]);
  return {
    page,
    problems,
    async run(example) {
      const tab = page.getByRole('tab', { name: example });
      if ((await tab.getAttribute('aria-selected')) === 'false') {
        await tab.click();
        // GraphiQL learns the operation's name a little after it shows it, when it also stores the query.
        await page.waitForFunction((name) => localStorage.getItem('graphiql:query')?.includes(name), example);
      }
      // On a busy machine a click can come before GraphiQL listens to it.
      for (let clicks = 1; clicks < maxClicks; clicks += 1) {
        const answered = page.waitForResponse(isAnswer, { timeout: 5_000 }).catch(() => null);
        await execute.click();
        const answer = await answered;
        if (answer !== null) return answer.json();
      }
      throw new Error(`GraphiQL did not run ${example}.`);
    },
    shows: (text) => page.locator('.graphiql-response', { hasText: text }).waitFor(),
    keepScreenshot: async (name) => void (await page.screenshot({ path: `artifacts/graphiql-${name}.png` })),
    close: () => context.close(),
  };
}

function watch(page: Page, url: string): readonly string[] {
  const problems: string[] = [];
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== url && protocol !== 'data:' && protocol !== 'blob:') problems.push(`requested ${request.url()}`);
  });
  return problems;
}
