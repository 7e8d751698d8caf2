# What a window over 16 encrypted bytes costs, over the two passes of the cipher in it: open and close, without MAC, over decrypt and encrypt alone.
# The same stubs over the same bytes, in turn, the median of the rounds' ratios; what the MAC adds is printed beside it.
projects=(benchmarks/MemSentry.CryptWindows)

measure() {
  run benchmarks/MemSentry.CryptWindows 16
}
