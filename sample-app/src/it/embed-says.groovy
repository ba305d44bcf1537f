// What samples/embed has to print: every document is indexed, and the question finds the page on leave.
def log = new File(basedir, '../../target/samples/embed/build.log').getText('UTF-8')
def hits = log.readLines().findAll { it =~ /^0\.\d+ handbook:/ }

assert log =~ /(?m)^9 added, \d+ embedded$/
assert hits.size() == 5
assert hits.first().contains('handbook:people/leave.md')
assert hits.every { it.contains('.md') }: 'only .md was asked for'
