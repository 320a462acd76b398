/**
 * What lies below the first look is made in a task of its own, so that a slow phone answers a finger in between.
 * Call it while a component is being made.
 */
export function below(): { readonly now: boolean } {
  let now = $state(false);
  $effect(() => {
    const timer = setTimeout(() => (now = true));
    return () => clearTimeout(timer);
  });
  return {
    get now() {
      return now;
    },
  };
}
