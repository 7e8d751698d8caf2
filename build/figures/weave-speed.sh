# How long a weave takes, over the time in which Cecil alone reads and writes the same assembly with its symbols; the slower of two subjects.
# One process, warmed up, both in turn; the ratio of the sums over all rounds, because collections fall into single rounds by chance.
projects=(benchmarks/MemSentry.WeaveSpeed)

measure() {
  run benchmarks/MemSentry.WeaveSpeed
}
