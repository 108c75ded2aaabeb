-- expect: error a number is written in more than 1024 KiB
return ((' '):rep(4 << 20) .. '1') + 1
