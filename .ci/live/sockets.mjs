import WebSocket from 'ws';
import { CHANGES, socketURL } from './server.mjs';

const LIMIT = 5_000;
const INIT = { type: 'connection_init' };

const subscribeMessage = (id, group) => ({ id, type: 'subscribe', payload: { query: CHANGES, variables: { id: group } } });

// exchange opens a socket and sends messages, each once the server has acknowledged the connection if it follows a
// connection_init. It returns the code and the reason with which the server closes the socket.
function exchange(messages, protocols = ['graphql-transport-ws']) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(socketURL, protocols);
    const received = [];
    const timer = setTimeout(() => {
      socket.terminate();
      reject(new Error(`expected the server to close the socket within ${LIMIT} ms, it sent ${JSON.stringify(received)}`));
    }, LIMIT);
    const pending = [...messages];
    const send = () => {
      while (pending.length > 0) {
        const message = pending.shift();
        socket.send(typeof message === 'string' ? message : JSON.stringify(message));
        if (message === INIT) return;
      }
    };
    socket.on('open', send);
    socket.on('message', (data) => {
      const message = JSON.parse(data);
      received.push(message);
      if (message.type === 'connection_ack') send();
    });
    socket.on('error', (error) => {
      clearTimeout(timer);
      reject(new Error(`expected a close frame, the socket failed: ${error.message}`));
    });
    socket.on('close', (code, reason) => {
      clearTimeout(timer);
      resolve({ code, reason: reason.toString() });
    });
  });
}

async function expectClose(code, messages, protocols) {
  const closed = await exchange(messages, protocols);
  if (closed.code !== code) throw new Error(`expected close ${code}, got ${closed.code} “${closed.reason}”`);
  return `“${closed.reason}”`;
}

// socketChecks returns the checks of the codes with which the server closes a socket. openGroup is the id of a group
// whose stream stays open, without which an id could be used again.
export const socketChecks = (openGroup) => [
  ['a message that is not JSON closes the socket with 4400', () => expectClose(4400, [INIT, 'hello'])],
  ['a message of an unknown type closes the socket with 4400', () => expectClose(4400, [INIT, { type: 'start', id: '1' }])],
  ['subscribe before connection_init closes the socket with 4401', () => expectClose(4401, [subscribeMessage('1', openGroup)])],
  [
    'a second operation of the same id closes the socket with 4409',
    () => expectClose(4409, [INIT, subscribeMessage('1', openGroup), subscribeMessage('1', openGroup)]),
  ],
  ['a second connection_init closes the socket with 4429', () => expectClose(4429, [INIT, INIT])],
  ['a socket without a subprotocol is closed with 4406', () => expectClose(4406, [], [])],
];
