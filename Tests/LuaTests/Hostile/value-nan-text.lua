-- expect: value true
return tostring(0 / 0):match('nan') == 'nan' and tostring(-(0 / 0)):match('nan') == 'nan'
