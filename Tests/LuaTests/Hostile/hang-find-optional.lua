-- expect: time
('a'):rep(100000):find(('a?'):rep(60) .. ('a'):rep(60) .. 'b')
