// audits runs graphql-http's audits of GraphQL over HTTP against a running server:
//
//	node audits.mjs http://127.0.0.1:8080
//
// All must pass, including those for what a server only SHOULD or MAY do. The exit code is 1 if one fails, or if their
// number differs from AUDITS: then graphql-http has changed and its new audits must be reviewed.
import { serverAudits } from 'graphql-http';
import { endpoint } from './server.mjs';

const AUDITS = 61;

// An audit throws if something fails that it does not check, such as the connection.
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
  else console.log(`${status}  ${audit.id}  ${audit.name}: ${reason}${response ? ` (status ${response.status})` : ''}`);
}
if (audits.length !== AUDITS) console.log(`broken  ${audits.length} audits, want ${AUDITS}`);
console.log(`audits: ${passed} of ${AUDITS} pass`);
process.exitCode = passed === AUDITS && audits.length === AUDITS ? 0 : 1;
