-- expect: error invalid UTF-8 code
for _ in utf8.codes('ab\x80') do end
