# False faults, leaks and corruptions of the methods mprotect, crypt and, where there are protection keys, mpk in 10 seconds each, or up to 32 where the machine is slow: sixteen threads in windows
# through exceptions, lambdas, async hops and collections. At least 100,000 windows, 200 forced collections, 1,000 caught faults of the processor; a watchdog looks at the regions whenever all threads are
# outside of their windows, and under mpk each thread at its own register. Under crypt it looks for text where ciphertext should be. A copy of each program in which nobody closes must be found out.
projects=(tests/MemSentry.Windows)

measure() {
  run tests/MemSentry.Windows stress 10 1
}
