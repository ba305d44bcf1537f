// Finds or starts a PostgreSQL for samples/pgvector: where there is none it is not run, and fails with CI=true.
def url = System.getenv('RAG_INDEX_TEST_PGVECTOR')
if (url == null) {
  def script = new File(basedir, '../../../test-postgres/scratch-postgres.sh').canonicalPath
  def data = new File(basedir, '../../target/scratch-postgres-of-samples').canonicalPath
  def server = new ProcessBuilder('bash', script, data).redirectError(ProcessBuilder.Redirect.INHERIT).start()
  url = server.inputReader().readLine()
  Thread.startDaemon { server.waitFor() } // it stops when its input ends, which is when Maven does
}
if (url == null) {
  assert System.getenv('CI') != 'true': 'no PostgreSQL with pgvector for samples/pgvector'
  println 'samples/pgvector is NOT RUN: no PostgreSQL with pgvector; set RAG_INDEX_TEST_PGVECTOR to a JDBC URL'
  return false
}
def properties = new Properties()
properties.setProperty('handbook.url', url)
new File(basedir, '../../target/samples/pgvector/test.properties').withOutputStream { properties.store(it, null) }
true
