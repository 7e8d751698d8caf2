# Bugs in copies of the analysis, the weaver and the verifier that verifier, mutants, laws or fuzzer find, with who found each.
projects=(tests/MemSentry.SeededBugs)

measure() {
  run tests/MemSentry.SeededBugs
}
