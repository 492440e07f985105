import { Component, type ReactNode } from 'react';

type Props = { button?: string; onReset?: () => void; children: ReactNode };

// Relay throws the error of an operation where its data is read. ErrorBoundary shows it in place of the data.
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
        <button onClick={this.reset}>{this.props.button ?? 'Try again'}</button>
      </>
    );
  }
}
