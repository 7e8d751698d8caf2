# What a request to sign or verify a token costs an ASP.NET Core service under mpk: processor time of its process, over the same without protection.
# wrk asks the services in turn, five rounds, the median of the rounds' ratios; all other methods are measured beside it. At least one switch for each request
# where the method has windows, at most 100 us for a request without protection. Where there are no protection keys it fails, after all that can be measured.
projects=(benchmarks/MemSentry.ServiceCost)
packages=(wrk)

measure() {
  run benchmarks/MemSentry.ServiceCost mpk
}
