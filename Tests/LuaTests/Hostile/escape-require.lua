-- expect: error not found
return require 'io'
