import './app.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { language } from '$lib/i18n/language.svelte';
import { wearTheme } from '$lib/components/theme.svelte';
import { connection } from '$lib/state/connection.svelte';
import { firstScreen } from '$lib/state/first';
import { inbox } from '$lib/state/inbox.svelte';
import { outbox } from '$lib/state/outbox.svelte';
import '$lib/state/said';
import { session } from '$lib/state/session.svelte';
import { spaces } from '$lib/state/spaces.svelte';
import { updates } from '$lib/state/updates.svelte';

wearTheme();
// Reading the script was a task; starting the worker and making the first screen are two more, for between two a slow phone
// answers a finger.
setTimeout(() => {
  // Listen first, then open: nothing the worker says while it starts is missed. And it starts while the first screen is made.
  connection.start();
  void session.start(language.code).finally(() => {
    spaces.start();
    outbox.start();
    inbox.start();
  });
});
setTimeout(() => mount(App, { target: document.getElementById('app') as HTMLElement }));
// The shell is kept as early as can be: somebody may lose the network right after signing in.
void updates.start();
// What does not come for want of a network is not missed: without a service worker there is nothing to hear.
void firstScreen
  .then(() => import('./routes/inbox/hear'))
  .then(({ hearNotices }) => hearNotices())
  .catch(() => undefined);
