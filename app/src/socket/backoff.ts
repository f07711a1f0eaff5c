// SPDX-License-Identifier: Apache-2.0
// How long to wait before calling again: doubled each time, half of it by chance, so that a room
// full of browsers does not come back in one instant.

export const firstDelayMs = 500;
export const delayMaxMs = 30_000;

export function delayBefore(attempt: number, chance: number): number {
  const whole = Math.min(delayMaxMs, firstDelayMs * 2 ** Math.min(attempt, 16));
  return Math.round(whole / 2 + (whole / 2) * chance);
}
