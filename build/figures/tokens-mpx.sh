# What a request to sign or verify a token costs an ASP.NET Core service under mpx: processor time of its process, over the same without protection.
# As "tokens".
projects=(benchmarks/MemSentry.ServiceCost)
packages=(wrk)

measure() {
  run benchmarks/MemSentry.ServiceCost mpx
}
