// Lighthouse's own mobile run (slow 4G, CPU slowed 4 ×), several times for each address; one line of JSON with the medians.
//   node run.mjs <runs> <chromium> <address>…
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

const [runs, chromePath, ...addresses] = process.argv.slice(2);
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const categories = ['performance', 'accessibility', 'best-practices', 'seo'];
const told = [];
for (const address of addresses) {
  const results = [];
  for (let run = 0; run < Number(runs); run += 1) {
    const chrome = await launch({ chromePath, chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu'] });
    try {
      const { lhr } = await lighthouse(address, { port: chrome.port, onlyCategories: categories, logLevel: 'error' });
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
