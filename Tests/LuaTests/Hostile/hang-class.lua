-- expect: time
return ('a'):rep(100000):find('[^' .. ('b'):rep(1000) .. ']-[c]')
