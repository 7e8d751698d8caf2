# What libraries cost that other people wrote, once they are woven: TraceEvent, System.Reflection.Metadata, FASTER and a self-contained framework but for its core library.
# Woven over unwoven processor time; both take turns in one process: the median of rounds, then the mean of the middle half of several samples with the code at other places.
# Prints each work, the worst first. The figure is the geometric mean over the four, each of which is the one over its works.
projects=(benchmarks/MemSentry.RealOverhead)

measure() {
  run benchmarks/MemSentry.RealOverhead mpx
}
