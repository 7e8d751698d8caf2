# Attacks that the checks block, row by row of the access table and border by border, with the arms that prove that each attack works without them.
projects=(tests/MemSentry.Attacks)

measure() {
  run tests/MemSentry.Attacks
}
