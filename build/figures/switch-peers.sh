# What others pay: a read of 8 bytes through libsodium's sodium_mprotect_readonly and _noaccess, over the same read through the gate of a member woven with mpk.
# In turn in one process, the median of the rounds' ratios. Where there are no protection keys it fails and says so.
projects=(benchmarks/MemSentry.Switches)
packages=(libsodium23)

measure() {
  run benchmarks/MemSentry.Switches switch-peers mpk libsodium/gate
}
