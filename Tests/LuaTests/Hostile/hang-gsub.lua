-- expect: time
('a'):rep(2000):gsub('.-.-.-b', '')
