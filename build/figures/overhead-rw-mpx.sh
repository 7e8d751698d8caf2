# What protected code costs if the address of every load and store is compared: woven over unwoven processor time, the geometric mean over the kernels.
# benchmarks/MemSentry.Kernels/kernels.json lists them. Prints each, the worst first, also for trust=frame and for a weave that checks every access; the median of five rounds in each of five processes.
projects=(benchmarks/MemSentry.Overhead)

measure() {
  run benchmarks/MemSentry.Overhead rw mpx
}
