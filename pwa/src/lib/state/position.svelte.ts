/** Where this device is, asked for by a tap and kept in memory only. */
import type { Position } from '../model/needs';

class Here {
  #at = $state.raw<Position>();
  #refused = $state(false);

  get at(): Position | undefined {
    return this.#at;
  }
  /** The person or the browser said no. */
  get refused(): boolean {
    return this.#refused;
  }
  get possible(): boolean {
    return 'geolocation' in navigator;
  }

  find(): void {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        this.#at = { lat: coords.latitude, lon: coords.longitude };
        this.#refused = false;
      },
      () => (this.#refused = true),
      { maximumAge: 10 * 60_000, timeout: 20_000 },
    );
  }
}

export const here = new Here();
