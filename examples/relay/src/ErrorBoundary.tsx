import { Component, type ReactNode } from 'react';

type Props = { buttonLabel?: string; onReset?: () => void; children: ReactNode };

// Relay throws an operation's error in the component that reads its data. ErrorBoundary shows the error instead.
export class ErrorBoundary extends Component<Props, { error: Error | null }> {
  state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  reset = () => {
    this.props.onReset?.();
    this.setState({ error: null });
  };

  render() {
    if (!this.state.error) return this.props.children;
    return (
      <>
        <p role="alert">{this.state.error.message}</p>
        <button onClick={this.reset}>{this.props.buttonLabel ?? 'Try again'}</button>
      </>
    );
  }
}
