# What a window of mprotect costs: a whitelisted read of 8 bytes through its gate, over the same read through libsodium's sodium_mprotect_readonly and _noaccess.
# In turn in one process, the median of the rounds' ratios; beside it two bare system calls, which know neither threads nor who has the page open.
projects=(benchmarks/MemSentry.Switches)
packages=(libsodium23)

measure() {
  run benchmarks/MemSentry.Switches switch-mprotect mprotect gate/libsodium
}
