import './app.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { language } from '$lib/i18n/language.svelte';
import { wearTheme } from '$lib/components/theme.svelte';
import { connection } from '$lib/state/connection.svelte';
import { inbox } from '$lib/state/inbox.svelte';
import { outbox } from '$lib/state/outbox.svelte';
import { session } from '$lib/state/session.svelte';
import { spaces } from '$lib/state/spaces.svelte';
import { updates } from '$lib/state/updates.svelte';

wearTheme();
// Listen first, then open: nothing the worker says while it starts is missed. And it starts while the first screen is made.
connection.start();
void session.start(language.code).finally(() => {
  spaces.start();
  outbox.start();
  inbox.start();
});
// In a task of its own: reading the script was one, and between two tasks a slow phone answers a finger.
setTimeout(() => mount(App, { target: document.getElementById('app') as HTMLElement }));
// The shell is kept as early as can be: somebody may lose the network right after signing in.
void updates.start();
void import('./routes/inbox/hear').then(({ hearNotices }) => hearNotices());
