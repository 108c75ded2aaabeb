-- expect: error index is NaN
return {[0 / 0] = 1}
