# Demands on real assemblies that are met once they are woven: output as before, every member compiles, the same input gives the same bytes.
projects=(tests/MemSentry.Corpus)

measure() {
  run tests/MemSentry.Corpus
}
