/** Addresses of the screens. Each screen is its own piece of script, fetched when it is first looked at (and kept for offline). */
import { createRouter } from 'sv-router';
import Home from './Home.svelte';

export const { p, navigate, route } = createRouter({
  '/': Home,
  '/sign-in': () => import('./SignIn.svelte'),
  '/processes': () => import('./Processes.svelte'),
  '/processes/new': () => import('./NewProcess.svelte'),
  '/processes/:id': () => import('./Process.svelte'),
  '/processes/:id/people': () => import('./ProcessPeople.svelte'),
  '/processes/:id/people/invite': () => import('./InvitePeople.svelte'),
  '/processes/:id/record': () => import('./ProcessRecord.svelte'),
  '/processes/:id/rights': () => import('./ProcessRights.svelte'),
  '/processes/:id/tasks/:task': () => import('./Task.svelte'),
  '/teams': () => import('./Teams.svelte'),
  '/teams/new': () => import('./NewTeam.svelte'),
  '/teams/:id': () => import('./Team.svelte'),
  '/teams/:id/invite': () => import('./InviteToTeam.svelte'),
  '/organisations/new': () => import('./NewOrganisation.svelte'),
  '/organisations/:id': () => import('./Organisation.svelte'),
  '/public/:id': () => import('./PublicProcess.svelte'),
  '/catalogue': () => import('./Catalogue.svelte'),
  '/catalogue/:id': () => import('./Interlinker.svelte'),
  '/waiting': () => import('./Waiting.svelte'),
  '/join': () => import('./Join.svelte'),
  '/settings': () => import('./Settings.svelte'),
  '/settings/account': () => import('./settings/Own.svelte'),
  '/settings/passkeys': () => import('./settings/Passkeys.svelte'),
  '/settings/devices': () => import('./settings/Devices.svelte'),
  '/settings/programs': () => import('./settings/Programs.svelte'),
  '/settings/record': () => import('./settings/Record.svelte'),
  '*': () => import('./NotFound.svelte'),
});
