-- expect: value nil
return (load('\27Lua'))
