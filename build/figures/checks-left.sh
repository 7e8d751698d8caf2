# Checks that are placed, over accesses through raw pointers and native integers, in percent, over the shared frameworks and some packages.
# References are not counted on either side.
projects=(benchmarks/MemSentry.Overhead)

measure() {
  run benchmarks/MemSentry.Overhead checks-left
}
