# Checks that are placed for each value that enters a member and that memory is accessed through, over the shared frameworks and some packages.
# What such an origin is, src/MemSentry.Analysis/Origins/ValueOrigin.cs defines: it survives variables, arithmetic and joins, and a call makes it one again.
projects=(benchmarks/MemSentry.Overhead)

measure() {
  run benchmarks/MemSentry.Overhead checks-per-origin
}
