let playing: Player | null = null; // of all pickers on the page

// Player plays audio samples, one at a time on the page.
export class Player {
  url: string | null = null; // of the sample that plays
  failed: string | null = null; // the last sample, if it could not be played
  private audio: HTMLAudioElement | null = null;

  constructor(private readonly onChange: () => void) {}

  toggle(url: string): void {
    const same = url === this.url;
    playing?.stop();
    if (same) return;
    playing = this;
    const audio = new Audio(url);
    this.audio = audio;
    this.url = url;
    this.failed = null;
    audio.onended = () => this.end(audio, false);
    audio.onerror = () => this.end(audio, true);
    audio.play().catch(() => this.end(audio, true));
    this.onChange();
  }

  stop(): void {
    const { audio } = this;
    if (!audio) return;
    this.end(audio, false);
    audio.pause();
    audio.removeAttribute('src');
    audio.load(); // ends the download
  }

  private end(audio: HTMLAudioElement, failed: boolean): void {
    if (this.audio !== audio) return;
    audio.onended = null;
    audio.onerror = null;
    if (failed) this.failed = this.url;
    this.audio = null;
    this.url = null;
    this.onChange();
  }
}
