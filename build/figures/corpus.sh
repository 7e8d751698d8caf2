# Programs whose libraries are woven - seven packages and a self-contained framework, by method and rw - and that do what they did before.
# Each run also demands: members compile, the same input gives the same bytes, the verifier accepts them. Controls must keep every body without checks.
projects=(tests/MemSentry.Corpus)

measure() {
  run tests/MemSentry.Corpus
}
