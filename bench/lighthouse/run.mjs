// Lighthouse's own mobile run (slow 4G, CPU slowed 4 ×), several times for each address; one line of JSON with the medians.
//   node run.mjs <runs> <chromium> <name:password> <address>…
// An address that ends in «#mine» is looked at by somebody who is signed in and holds what it shows: the app is there, and
// so is the work. All others are opened by a stranger's new phone.
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import puppeteer from 'puppeteer-core';

const [runs, chromePath, who, ...addresses] = process.argv.slice(2);
const mine = '#mine';

/** Sign in, open the page once and wait until the app and the work are kept. */
async function isAtHome(port, address) {
  const browser = await puppeteer.connect({ browserURL: `http://127.0.0.1:${port}` });
  const page = await browser.newPage();
  await page.goto(new URL('/robots.txt', address).href);
  const [email, password] = who.split(':');
  const answer = await page.evaluate(
    (body) =>
      fetch('/api/v1/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-interlink': '1' },
        body,
      }).then((told) => told.status),
    JSON.stringify({ email, password, device: 'lighthouse' }),
  );
  if (answer >= 300) throw new Error(`signing in was answered ${answer}`);
  await page.goto(address);
  await page.waitForSelector('textarea', { timeout: 60_000 });
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await page.close();
  await browser.disconnect();
}
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const categories = ['performance', 'accessibility', 'best-practices', 'seo'];
const told = [];
for (const address of addresses) {
  const results = [];
  for (let run = 0; run < Number(runs); run += 1) {
    const chrome = await launch({ chromePath, chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu'] });
    try {
      const signedIn = address.endsWith(mine);
      const looked = address.replace(mine, '');
      if (signedIn) await isAtHome(chrome.port, looked);
      const { lhr } = await lighthouse(looked, {
        port: chrome.port,
        onlyCategories: categories,
        logLevel: 'error',
        disableStorageReset: signedIn,
      });
      results.push(lhr);
    } finally {
      await chrome.kill();
    }
  }
  const of = (score) => median(results.map(score));
  const failed = results.at(-1).categories;
  told.push({
    address,
    ...Object.fromEntries(categories.map((name) => [name, Math.round(100 * of((one) => one.categories[name].score))])),
    firstPaint: Math.round(of((one) => one.audits['first-contentful-paint'].numericValue)),
    largestPaint: Math.round(of((one) => one.audits['largest-contentful-paint'].numericValue)),
    blocked: Math.round(of((one) => one.audits['total-blocking-time'].numericValue)),
    shift: of((one) => one.audits['cumulative-layout-shift'].numericValue),
    missed: categories
      .filter((name) => name !== 'performance')
      .flatMap((name) => failed[name].auditRefs)
      .filter(({ id, weight }) => weight > 0 && (results.at(-1).audits[id].score ?? 1) < 1)
      .map(({ id }) => id),
  });
}
process.stdout.write(`${JSON.stringify(told)}\n`);
