// What samples/embed has to print: everything is indexed, and the question finds the page on leave.
def log = new File(basedir, 'build.log').getText('UTF-8')
assert log.contains('9 added, 9 embedded')
assert log =~ /(?m)^0\.\d+ handbook:people\/leave\.md /
def first = log.readLines().find { it =~ /^0\.\d+ handbook:/ }
assert first.contains('handbook:people/leave.md'): "best hit: $first"
assert !log.contains('.html'): 'only .md was asked for'
