# Divergences and escapes of random unsafe members in 40 seconds: woven they must do what they do unwoven, and never get at a safe region.
# At least 2,000 members, and the file that the last long campaign left (build/fuzz-campaign.sh) must speak of at least 100,000.
projects=(tests/MemSentry.Fuzzing)

measure() {
  local file=$root/tests/MemSentry.Fuzzing/campaign.md members
  [[ -f $file ]] || refuse "there is no ${file#"$root"/}; run 'build/fuzz-campaign.sh'."
  members=$(sed -nE 's/^\| members \| ([0-9]+) \|$/\1/p' "$file")
  ((members >= 100000)) || refuse "${file#"$root"/} speaks of $members members, and 100000 are wanted; run 'build/fuzz-campaign.sh --seconds 3600'."
  run tests/MemSentry.Fuzzing
}
