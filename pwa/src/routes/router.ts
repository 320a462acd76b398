/** Addresses of the screens. Each screen is its own piece of script, fetched when it is first looked at (and kept for offline). */
import { createRouter } from 'sv-router';
import Home from './Home.svelte';

export const { p, navigate, route } = createRouter({
  '/': Home,
  '/sign-in': () => import('./SignIn.svelte'),
  '/processes': () => import('./Processes.svelte'),
  '/processes/new': () => import('./NewProcess.svelte'),
  '/processes/:id': () => import('./Process.svelte'),
  '/processes/:id/give': () => import('./Give.svelte'),
  '/processes/:id/guide': () => import('./ProcessGuide.svelte'),
  '/processes/:id/guide/edit': () => import('./process/edit/EditGuide.svelte'),
  '/processes/:id/about': () => import('./process/edit/About.svelte'),
  '/processes/:id/about/edit': () => import('./process/edit/AboutEdit.svelte'),
  '/processes/:id/about/governance': () => import('./process/edit/AboutGovernance.svelte'),
  '/processes/:id/items/:item': () => import('./Item.svelte'),
  '/processes/:id/items/:item/edit': () => import('./process/edit/EditItem.svelte'),
  '/processes/:id/plan': () => import('./ProcessPlan.svelte'),
  '/processes/:id/activity': () => import('./ProcessActivity.svelte'),
  '/processes/:id/people': () => import('./ProcessPeople.svelte'),
  '/processes/:id/people/invite': () => import('./InvitePeople.svelte'),
  '/processes/:id/record': () => import('./ProcessRecord.svelte'),
  '/processes/:id/rights': () => import('./ProcessRights.svelte'),
  '/processes/:id/items/:item/:kind/:key': () => import('./Asset.svelte'),
  '/processes/:id/tasks/:task': () => import('./Task.svelte'),
  '/processes/:id/tasks/:task/needs/new': () => import('./NewNeed.svelte'),
  '/processes/:id/tasks/:task/needs/:need': () => import('./Need.svelte'),
  '/processes/:id/tasks/:task/needs/:need/edit': () => import('./EditNeed.svelte'),
  '/needs': () => import('./Needs.svelte'),
  '/teams': () => import('./Teams.svelte'),
  '/teams/new': () => import('./NewTeam.svelte'),
  '/teams/:id': () => import('./Team.svelte'),
  '/teams/:id/invite': () => import('./InviteToTeam.svelte'),
  '/organisations/new': () => import('./NewOrganisation.svelte'),
  '/organisations/:id': () => import('./Organisation.svelte'),
  '/public': () => import('./PublicProcesses.svelte'),
  '/public/:id': () => import('./PublicProcess.svelte'),
  '/search': () => import('./Search.svelte'),
  '/catalogue': () => import('./Catalogue.svelte'),
  '/catalogue/:id': () => import('./Interlinker.svelte'),
  '/catalogue/schemas/:id': () => import('./Schema.svelte'),
  '/inbox': () => import('./Inbox.svelte'),
  '/inbox/:id': () => import('./InboxNotice.svelte'),
  '/waiting': () => import('./Waiting.svelte'),
  '/join': () => import('./Join.svelte'),
  '/settings': () => import('./Settings.svelte'),
  '/settings/account': () => import('./settings/Own.svelte'),
  '/settings/passkeys': () => import('./settings/Passkeys.svelte'),
  '/settings/devices': () => import('./settings/Devices.svelte'),
  '/settings/notices': () => import('./settings/Notices.svelte'),
  '/settings/programs': () => import('./settings/Programs.svelte'),
  '/settings/record': () => import('./settings/Record.svelte'),
  '*': () => import('./NotFound.svelte'),
});

/** What the address asks under a name; another when a notice leads here again. */
export function asked(name: string): string | null {
  void route.search; // tells that the address changed; its values are read as numbers where they look like some
  return new URLSearchParams(location.search).get(name);
}

/** Go to an address that came from elsewhere, as a notice has it; `navigate` alone would take `?…` for a part of the path. */
export function goTo(address: string): void {
  const { pathname, search, hash } = new URL(address, location.origin);
  void navigate(pathname as '/', { search, hash });
}
