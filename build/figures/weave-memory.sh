# The most memory that the command-line tool needs to weave 200 assemblies, over what it needs for 20 of them.
# A process of its own for each, one after the other.
projects=(benchmarks/MemSentry.WeaveMemory)

measure() {
  run benchmarks/MemSentry.WeaveMemory
}
