/** What the service worker says to an open app: go where a notice leads; a yes from the lock screen can be taken back here. */
import { answerNotice } from '$lib/actions/answerNotice';
import { toasts } from '$lib/components/toast.svelte';
import { m } from '$lib/i18n/messages';
import { push } from '$lib/state/push.svelte';
import { goTo } from '../router';

export function hearNotices(): void {
  push.start(goTo, (asked) => toasts.show(m.need_answer_kept(), () => void answerNotice(asked, 'decline')));
}
