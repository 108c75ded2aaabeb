-- expect: value nil: source is longer
local f, message = load(function() return " " end)
return tostring(f) .. ": " .. message
