# What the gate of mpk adds to its stubs: a whitelisted read of 8 bytes through its gate, over the same read between the same verified stubs, called in the same way.
# In turn in one process, the median of the rounds' ratios; beside it stubs that write constants, for which no other software may use keys. Where there are no protection keys it fails and says so.
projects=(benchmarks/MemSentry.Switches)
packages=(libsodium23)

measure() {
  run benchmarks/MemSentry.Switches switch-mpk mpk gate/bare
}
