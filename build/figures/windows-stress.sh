# False faults, leaks and corruptions of the method mprotect in 30 seconds: sixteen threads in windows through exceptions, lambdas, async hops and collections.
# At least 100,000 windows, 200 forced collections, 1,000 caught faults of the processor; a watchdog looks at the region whenever all threads are outside of
# their windows. A copy of the program in which nobody closes must be found out.
projects=(tests/MemSentry.Windows)

measure() {
  run tests/MemSentry.Windows stress 30 1
}
