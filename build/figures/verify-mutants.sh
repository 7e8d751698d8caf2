# Broken checks that the verifier rejects: woven assemblies, each with one thing taken away, moved or changed.
# Mutants are drawn with a fixed seed. Those that it accepts are printed with the reason why they are equivalent; one without a reason fails.
projects=(tests/MemSentry.Mutants)

measure() {
  run tests/MemSentry.Mutants
}
