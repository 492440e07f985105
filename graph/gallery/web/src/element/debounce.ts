// Debounce runs the last scheduled function after a pause.
export class Debounce {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly milliseconds = 250) {}

  schedule(run: () => void): void {
    this.cancel();
    this.timer = setTimeout(run, this.milliseconds);
  }

  cancel(): void {
    clearTimeout(this.timer);
  }
}
