-- expect: value true
return io == nil and os == nil and debug == nil and package == nil and dofile == nil and loadfile == nil
