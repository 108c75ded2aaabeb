-- expect: value nil
return tonumber((' '):rep(4 << 20) .. '1')
