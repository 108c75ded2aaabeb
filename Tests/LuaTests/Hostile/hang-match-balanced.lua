-- expect: time
('('):rep(200000):match('.-%b()')
