import { Component } from 'react';

// ErrorBoundary renders nothing once a child has thrown, until the page is reloaded. Without it, React would unmount
// GraphiQL too.
export class ErrorBoundary extends Component {
  state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  render() {
    return this.state.failed ? null : this.props.children;
  }
}
