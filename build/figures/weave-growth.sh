# How much longer a weave takes, or how much more memory it allocates, when a generated member doubles: the worst of all shapes and lengths.
# From 2,000 to 128,000 instructions. A process for each processor, warmed up; all lengths of a shape in turn, the best of the rounds, of which a shape gets more when it looks bad; the collector waits meanwhile, and has given all memory back before.
projects=(benchmarks/MemSentry.WeaveGrowth)

measure() {
  run benchmarks/MemSentry.WeaveGrowth
}
