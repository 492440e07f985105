import { Component } from 'react';

// Boundary leaves out what fails within it, until the page is loaded again. React would take GraphiQL down with it.
export class Boundary extends Component {
  state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  render() {
    return this.state.failed ? null : this.props.children;
  }
}
