# Damaged assemblies that end in a clean refusal or a clean weave with every command of memsentry-weave.
# Truncated, bit-flipped and damaged in headers, tables, heaps, signatures, bodies, handler tables and debug information, with a fixed seed. No crash, no
# hang (60 s), no defect of MemSentry, no line without a code, nothing half-written, 512 MiB of heap.
projects=(tests/MemSentry.Robustness)

measure() {
  run tests/MemSentry.Robustness --keep "$root/artifacts/robustness"
}
