// What samples/pgvector has to print: every document is indexed, and the question finds the page on leave.
def log = new File(basedir, '../../target/samples/pgvector/build.log').getText('UTF-8')
def hits = log.readLines().findAll { it =~ /^0\.\d+ \S+, ask / }

assert log =~ /(?m)^9 added, \d+ embedded$/
assert hits.size() == 3
assert hits.first().contains('people/leave.md, ask Human Resources')
