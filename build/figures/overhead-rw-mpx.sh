# What protected code costs if the address of every load and store is compared: woven over unwoven processor time, the geometric mean over the kernels.
# benchmarks/MemSentry.Kernels/kernels.json lists them. Prints each, the worst first, also for trust=frame and for a weave that checks every access; the median of rounds in each of several processes, with the code at random places.
projects=(benchmarks/MemSentry.Overhead)

measure() {
  run benchmarks/MemSentry.Overhead rw mpx
}
