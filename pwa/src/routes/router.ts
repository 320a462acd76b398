/** Addresses of the screens. Each screen is its own piece of script, fetched when it is first looked at (and kept for offline). */
import { createRouter } from 'sv-router';
import Home from './Home.svelte';

export const { p, navigate, route } = createRouter({
  '/': Home,
  '/sign-in': () => import('./SignIn.svelte'),
  '/processes': () => import('./Processes.svelte'),
  '/processes/new': () => import('./NewProcess.svelte'),
  '/processes/:id': () => import('./Process.svelte'),
  '/processes/:id/rights': () => import('./ProcessRights.svelte'),
  '/processes/:id/tasks/:task': () => import('./Task.svelte'),
  '/public/:id': () => import('./PublicProcess.svelte'),
  '/catalogue': () => import('./Catalogue.svelte'),
  '/catalogue/:id': () => import('./Interlinker.svelte'),
  '/waiting': () => import('./Waiting.svelte'),
  '/settings': () => import('./Settings.svelte'),
  '*': () => import('./NotFound.svelte'),
});
