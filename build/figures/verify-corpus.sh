# Assemblies that the verifier accepts after our weave.
# The shared frameworks and some packages with compares, the packages and the assemblies with the most pointers once more with masks. It says why it
# rejects the others.
projects=(tests/MemSentry.Verifier.Tests)

measure() {
  local output
  output=$(tests tests/MemSentry.Verifier.Tests 'FullyQualifiedName~CorpusTests')
  # The logger prints every line twice: at once, and indented by a space with the test's result. The latter counts.
  sed -nE 's/^ (rejected: .*)/\1/p' <<<"$output"
  sed -nE 's/^ verify-corpus: ([0-9]+)\/([0-9]+) accepted.*/\1 \2/p' <<<"$output" |
    awk '{ accepted += $1; total += $2 } END { if (total == 0) exit 1; printf "verify-corpus %d/%d passed/total\n", accepted, total }' ||
    refuse "the corpus tests printed no figure."
}
