// audits puts graphql-http's audits of GraphQL over HTTP to a running server:
//
//	node audits.mjs http://127.0.0.1:8080
//
// All of them must pass, what a server only SHOULD or MAY do included. It exits with 1 where one does not, or where there
// are more or fewer than were looked at when this was written: a changed list wants to be read.
import { serverAudits } from 'graphql-http';
import { endpoint } from './server.mjs';

const AUDITS = 61;

// An audit that throws has met what its author did not expect of any server, such as a broken connection.
async function outcome(audit) {
  try {
    return await audit.fn();
  } catch (error) {
    return { status: 'broken', reason: String(error.cause ?? error) };
  }
}

const audits = serverAudits({ url: endpoint('/graphql') });
let passed = 0;
for (const audit of audits) {
  const { status, reason, response } = await outcome(audit);
  if (status === 'ok') passed++;
  else console.log(`${status}  ${audit.id}  ${audit.name}: ${reason}${response ? ` (it is ${response.status})` : ''}`);
}
if (audits.length !== AUDITS) console.log(`broken  there are ${audits.length} audits, not ${AUDITS}`);
console.log(`audits: ${passed} of ${AUDITS} pass`);
process.exitCode = passed === AUDITS && audits.length === AUDITS ? 0 : 1;
