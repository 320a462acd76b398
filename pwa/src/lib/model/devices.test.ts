import { expect, it } from 'vitest';
import { deviceName } from './devices';

it('calls a device by its kind, not by its version', () => {
  expect(deviceName('Mozilla/5.0 (Linux; Android 14; K) Chrome/150.0.0.0 Mobile')).toBe('Android');
  expect(deviceName('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)')).toBe('iPhone');
  expect(deviceName('Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Firefox/153.0')).toBe('Linux');
  expect(deviceName('')).toBe('Interlink');
});
