// sound.js -- one soft chime at the end of silence, and a screen that stays awake. Browsers that
// refuse either are left alone.

let audio = null;

/**
 * Whether the browser lets the page make a sound now: many do only once somebody has touched it.
 */
export async function mayChime() {
  try {
    audio ??= new AudioContext();
    // Where it may not, some browsers never answer at all.
    await Promise.race([audio.resume(), new Promise((done) => setTimeout(done, 300))]);
    return audio.state === 'running';
  } catch {
    return false;
  }
}

/** Two low tones that swell and fade within three seconds. */
export function chime() {
  try {
    audio ??= new AudioContext();
    audio.resume?.();
    const begin = audio.currentTime + 0.05;
    for (const [pitch, loud, wait] of [
      [392, 0.11, 0],
      [587.33, 0.06, 0.18],
    ]) {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0, begin + wait);
      volume.gain.linearRampToValueAtTime(loud, begin + wait + 0.09);
      volume.gain.exponentialRampToValueAtTime(0.0005, begin + wait + 2.8);
      tone.connect(volume).connect(audio.destination);
      tone.start(begin + wait);
      tone.stop(begin + wait + 3);
    }
  } catch {
    // No sound in this browser, or none before somebody has touched the page: the words on the wall
    // say it too.
  }
}

/** Keeps the wall lit; asked for anew when the page is shown again. */
export function stayAwake() {
  const ask = () => {
    if (!document.hidden) navigator.wakeLock?.request('screen').catch(() => {});
  };
  document.addEventListener('visibilitychange', ask);
  ask();
}
