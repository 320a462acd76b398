import type { Joined } from '$lib/api/invitations';
import { navigate } from '../router';

/** Straight to the first thing one can do. */
export async function goTo({ process, task }: Pick<Joined, 'process' | 'task'>): Promise<void> {
  const replace = true; // «back» should not lead to an invitation that is used
  if (process && task)
    await navigate('/processes/:id/tasks/:task', { params: { id: process, task }, replace });
  else if (process) await navigate('/processes/:id', { params: { id: process }, replace });
  else await navigate('/', { replace });
}
