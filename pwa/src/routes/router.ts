/** Addresses of the screens. Each screen is its own piece of script, fetched when it is first looked at (and kept for offline). */
import { createRouter } from 'sv-router';
import Home from './Home.svelte';
import NotFetched from './NotFetched.svelte';

/** In place of a screen whose script did not come: no network and not kept yet, or a newer version took its place. */
const unfetched = () => ({ default: NotFetched });

export const { p, navigate, route } = createRouter({
  '/': Home,
  '/sign-in': () => import('./SignIn.svelte').catch(unfetched),
  '/processes': () => import('./Processes.svelte').catch(unfetched),
  '/processes/new': () => import('./NewProcess.svelte').catch(unfetched),
  '/processes/:id': () => import('./Process.svelte').catch(unfetched),
  '/processes/:id/give': () => import('./Give.svelte').catch(unfetched),
  '/processes/:id/guide': () => import('./ProcessGuide.svelte').catch(unfetched),
  '/processes/:id/guide/edit': () => import('./process/edit/EditGuide.svelte').catch(unfetched),
  '/processes/:id/about': () => import('./process/edit/About.svelte').catch(unfetched),
  '/processes/:id/about/edit': () => import('./process/edit/AboutEdit.svelte').catch(unfetched),
  '/processes/:id/about/governance': () => import('./process/edit/AboutGovernance.svelte').catch(unfetched),
  '/processes/:id/items/:item': () => import('./Item.svelte').catch(unfetched),
  '/processes/:id/items/:item/edit': () => import('./process/edit/EditItem.svelte').catch(unfetched),
  '/processes/:id/plan': () => import('./ProcessPlan.svelte').catch(unfetched),
  '/processes/:id/activity': () => import('./ProcessActivity.svelte').catch(unfetched),
  '/processes/:id/people': () => import('./ProcessPeople.svelte').catch(unfetched),
  '/processes/:id/people/invite': () => import('./InvitePeople.svelte').catch(unfetched),
  '/processes/:id/record': () => import('./ProcessRecord.svelte').catch(unfetched),
  '/processes/:id/rights': () => import('./ProcessRights.svelte').catch(unfetched),
  '/processes/:id/items/:item/:kind/:key': () => import('./Asset.svelte').catch(unfetched),
  '/processes/:id/tasks/:task': () => import('./Task.svelte').catch(unfetched),
  '/processes/:id/tasks/:task/needs/new': () => import('./NewNeed.svelte').catch(unfetched),
  '/processes/:id/tasks/:task/needs/:need': () => import('./Need.svelte').catch(unfetched),
  '/processes/:id/tasks/:task/needs/:need/edit': () => import('./EditNeed.svelte').catch(unfetched),
  '/needs': () => import('./Needs.svelte').catch(unfetched),
  '/teams': () => import('./Teams.svelte').catch(unfetched),
  '/teams/new': () => import('./NewTeam.svelte').catch(unfetched),
  '/teams/:id': () => import('./Team.svelte').catch(unfetched),
  '/teams/:id/invite': () => import('./InviteToTeam.svelte').catch(unfetched),
  '/organisations/new': () => import('./NewOrganisation.svelte').catch(unfetched),
  '/organisations/:id': () => import('./Organisation.svelte').catch(unfetched),
  '/public': () => import('./PublicProcesses.svelte').catch(unfetched),
  '/public/:id': () => import('./PublicProcess.svelte').catch(unfetched),
  '/search': () => import('./Search.svelte').catch(unfetched),
  '/catalogue': () => import('./Catalogue.svelte').catch(unfetched),
  '/catalogue/:id': () => import('./Interlinker.svelte').catch(unfetched),
  '/catalogue/schemas/:id': () => import('./Schema.svelte').catch(unfetched),
  '/inbox': () => import('./Inbox.svelte').catch(unfetched),
  '/inbox/:id': () => import('./InboxNotice.svelte').catch(unfetched),
  '/waiting': () => import('./Waiting.svelte').catch(unfetched),
  '/join': () => import('./Join.svelte').catch(unfetched),
  '/settings': () => import('./Settings.svelte').catch(unfetched),
  '/settings/account': () => import('./settings/Own.svelte').catch(unfetched),
  '/settings/passkeys': () => import('./settings/Passkeys.svelte').catch(unfetched),
  '/settings/devices': () => import('./settings/Devices.svelte').catch(unfetched),
  '/settings/notices': () => import('./settings/Notices.svelte').catch(unfetched),
  '/settings/programs': () => import('./settings/Programs.svelte').catch(unfetched),
  '/settings/record': () => import('./settings/Record.svelte').catch(unfetched),
  '*': () => import('./NotFound.svelte').catch(unfetched),
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
