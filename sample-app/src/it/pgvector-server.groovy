// Finds or starts a PostgreSQL for samples/pgvector: a run without one is skipped, and fails with CI=true.
def url = System.getenv('RAG_INDEX_TEST_PGVECTOR')
if (url == null) {
  def script = new File(basedir, '../../../../store-pgvector/src/test/scripts/scratch-postgres.sh').canonicalPath
  def data = new File(basedir, '../../scratch-postgres-of-samples').canonicalPath
  def server = new ProcessBuilder('bash', script, data).redirectError(ProcessBuilder.Redirect.INHERIT).start()
  context.put('server', server) // it stops when its input ends
  url = server.inputReader().readLine()
}
if (url == null) {
  assert System.getenv('CI') != 'true': 'no PostgreSQL with pgvector for samples/pgvector'
  println 'samples/pgvector is NOT RUN: no PostgreSQL with pgvector; set RAG_INDEX_TEST_PGVECTOR to a JDBC URL'
  return false
}
new File(basedir, 'test.properties').withWriter('UTF-8') { out ->
  new Properties(['handbook.url': url]).store(out, null)
}
true
