// Codes through node-postgres. Prints TAP. NODE_PATH names the folder of the package pg.
const { Client } = require('pg')

let count = 0
const ok = (passed, name) => console.log(`${passed ? 'ok' : 'not ok'} ${++count} - node-pg: ${name}`)

async function main () {
  const client = new Client()       // from the PG* environment
  await client.connect()
  await client.query('BEGIN')
  const first = async (sql, values) => Object.values((await client.query(sql, values)).rows[0] ?? {})[0]

  ok(await first('SELECT id FROM code_client WHERE sector = $1', ['35111']) === 0, 'a bound string')
  ok(await first('SELECT id FROM code_client WHERE sector = $1', ['D35111']) === 0, 'by meaning')
  ok(await first('SELECT sector FROM code_client WHERE id = $1', [3]) === 'cluster:ENERGY', 'a value is a string')
  ok(await first('SELECT count(*)::int FROM code_client WHERE sector IN ($1, $2)', ['35111', '35112']) === 2, 'IN')
  ok(await first('SELECT count(*)::int FROM code_client WHERE sector = ANY ($1)', [['35111', '35112']]) === 2, '= ANY of a list')
  ok(await first('SELECT count(*)::int FROM code_client WHERE sector = ANY ($1::text[])', [['35111', 'n/a', '']]) === 1, '= ANY of a list of texts')
  ok(await first('SELECT count(*)::int FROM code_client WHERE sector <@ $1', ['35']) === 3, 'a subtree')
  ok(await first('SELECT count(*)::int FROM code_client WHERE sector = $1::text', ['n/a']) === 0, 'a text that is no code finds nothing')
  const byIndex = async (condition, values) => {
    const plan = (await client.query(`EXPLAIN SELECT id FROM code_client WHERE ${condition}`, values)).rows
    ok(JSON.stringify(plan).includes('code_client_sector'), `the index is used by ${condition}`)
  }
  await byIndex('sector = $1', ['35111'])
  await byIndex('sector = $1::text', ['35111'])
  await byIndex('sector IN ($1, $2)', ['35111', '35112'])
  await byIndex('sector = ANY ($1::text[])', [['35111', 'n/a']])
  await byIndex('sector <@ $1', ['35'])
  await client.query('INSERT INTO code_client (id, sector, region) VALUES ($1, $2, $3)', [-1, '26111', '46000'])
  ok(await first('SELECT region FROM code_client WHERE id = -1', []) === '46', 'inserted from strings')
  const error = await client.query('SELECT $1::text::sector_code', ['no code']).then(() => null, e => e)
  ok(error !== null && error.code === '22P02' && error.hint.includes('3511'), 'a bad code is an error with a hint')
  await client.query('ROLLBACK')
  await client.end()
  console.log(`1..${count}`)
}

main().catch(error => { console.log(`not ok ${count + 1} - node-pg: ${error.message}\n1..${count + 1}`) })
