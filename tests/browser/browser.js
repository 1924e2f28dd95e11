// Chromium, and pages that must stay silent.

import { chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function browser(server) {
  const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';
  const instance = await chromium.launch({ executablePath, args: FLAGS });
  return {
    // Opens an address, hands the page to `look`, and fails where the page complained: errors and warnings on
    // the console, violations of the policy, requests refused, requests to another host.
    async open(address, options, look) {
      const context = await instance.newContext({ viewport: { width: 1366, height: 900 }, ...options });
      try {
        context.setDefaultTimeout(15_000);
        const page = await context.newPage();
        const complaints = [];
        page.on('console', message => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
        page.on('pageerror', error => complaints.push(String(error)));
        page.on('requestfailed', request => {
          // A page that is left takes back what it had asked for; that is no fault of anybody's.
          const why = request.failure()?.errorText;
          if (why !== 'net::ERR_ABORTED') complaints.push(`${request.url()}: ${why}`);
        });
        page.on('request', request => {
          if (!request.url().startsWith(server.origin)) complaints.push(`another host: ${request.url()}`);
        });
        await page.goto(server.origin + address, { waitUntil: 'load' });
        await look(page);
        // A page that is itself "not found" is served with 404, which Chromium reports.
        const real = complaints.filter(text => !(address.endsWith('/404.html') && text.includes('404')));
        if (real.length) throw new Error(`the page complained:\n${real.join('\n')}`);
      } finally {
        await context.close();
      }
    },
    close: () => instance.close(),
  };
}

// Fails with `what` unless `truth`.
export function must(truth, what) {
  if (!truth) throw new Error(what);
}

// Waits until the address satisfies `right`, or fails with `what`: a key or a click is answered before the
// browser reports where it led.
export async function lands(page, right, what) {
  must(await page.waitForURL(right, { timeout: 5_000 }).then(() => true, () => false), what);
}
