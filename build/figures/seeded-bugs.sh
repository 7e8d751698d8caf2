# Bugs in copies of the analysis, the weaver and the verifier that the verifier, the mutants or the laws find, with who found each.
projects=(tests/MemSentry.SeededBugs)

measure() {
  run tests/MemSentry.SeededBugs
}
