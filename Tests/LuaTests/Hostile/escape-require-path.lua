-- expect: error not found
return require '../../../../etc/passwd'
