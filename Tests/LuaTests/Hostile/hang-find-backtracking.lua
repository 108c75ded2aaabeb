-- expect: time
('a'):rep(700):find('.-.-.-b')
