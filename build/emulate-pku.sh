#!/usr/bin/env bash
# Runs the stubs of protection keys (and those of crypt, whose keys lie in execute-only pages) on an emulated processor that has protection keys.
#   build/emulate-pku.sh [--download] [--kernel FILE] [--program FOLDER] [--result FILE]
# It puts tests/MemSentry.Native.Probe and the .NET that runs it into an initial file system, and starts a kernel with it in QEMU's interpreter; nothing is
# installed, and no privilege is needed. Where the machine has protection keys itself, the probe simply runs.
#   --download  fetches the package of Debian's kernel for cloud machines into artifacts/emulation, where later runs find it
#   --kernel    another kernel image, from Linux 5.14 on
#   --program   the folder of a probe that is built already
#   --result    also writes what was seen, with versions, to a file
# Exit code: 0 all held, 1 something did not, 77 skipped, because something that it needs is missing; it says what.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
project=$root/tests/MemSentry.Native.Probe
work=$root/artifacts/emulation
scenario=protection-keys
seconds=180
kernel=
program=
result=

skip() {
  echo "emulate-pku: skipped: $*"
  exit 77
}

usage() {
  echo "Usage: build/emulate-pku.sh [--download] [--kernel FILE] [--program FOLDER] [--result FILE]" >&2
  exit 2
}

download() {
  command -v apt-get >/dev/null || skip "no kernel can be downloaded here (this is no Debian); give one by --kernel"
  local package
  package=$(apt-cache depends linux-image-cloud-amd64 2>/dev/null | sed -n 's/.*Depends: \(linux-image-[^ ]*\)$/\1/p' | head -n 1)
  [[ -n $package ]] || skip "apt knows no linux-image-cloud-amd64; run 'apt-get update'"
  mkdir -p "$work/kernel"
  (cd "$work/kernel" && apt-get download "$package" >/dev/null 2>&1 && dpkg -x "$package"_*.deb .) || skip "$package cannot be downloaded"
}

while [[ $# -gt 0 ]]; do
  case $1 in
    --download)
      download
      shift
      ;;
    --kernel | --program | --result)
      [[ -n ${2-} ]] || usage
      printf -v "${1#--}" '%s' "$2"
      shift 2
      ;;
    *)
      usage
      ;;
  esac
done

find_kernel() {
  if [[ -z $kernel ]]; then
    kernel=$(find "$work/kernel" -name 'vmlinuz-*' -print -quit 2>/dev/null || true)
  fi
  [[ -n $kernel ]] || skip "there is no kernel; run 'build/emulate-pku.sh --download' once, or give one by --kernel"
  [[ -r $kernel ]] || skip "the kernel $kernel cannot be read"
}

build() {
  if [[ -z $program ]]; then
    dotnet build "$project" -c Release -v quiet --nologo
    program=$project/bin/Release/net10.0
  fi
}

# The probe, the .NET that runs it, and of the system what that is linked with: the GNU C library and little else.
make_image() {
  local image=$folder/image home runtime file library
  home=$(dirname "$(readlink -f "$(command -v dotnet)")")
  runtime=$(dotnet --list-runtimes | sed -nE 's/^Microsoft\.NETCore\.App (10\.[^ ]+) .*/\1/p' | sort -V | tail -n 1)
  [[ -n $runtime ]] || skip "there is no .NET 10 runtime"
  mkdir -p "$image"/{bin,proc,sys,dev,tmp,probe,dotnet/host/fxr,dotnet/shared/Microsoft.NETCore.App}
  cp "$program"/MemSentry.Native.Probe.{dll,runtimeconfig.json,deps.json} "$program"/{MemSentry.Runtime,MemSentry.Native,Iced}.dll "$image/probe"
  cp "$home/dotnet" "$image/dotnet"
  cp -r "$home/host/fxr/$runtime" "$image/dotnet/host/fxr"
  cp -r "$home/shared/Microsoft.NETCore.App/$runtime" "$image/dotnet/shared/Microsoft.NETCore.App"
  for file in "$image/dotnet/dotnet" "$image/dotnet/host/fxr/$runtime"/*.so "$image/dotnet/shared/Microsoft.NETCore.App/$runtime"/lib{coreclr,clrjit,System.Native,hostpolicy}.so; do
    ldd "$file" | sed -nE 's/.* => (\/[^ ]+) .*/\1/p; s/^\s*(\/[^ ]+ld-linux[^ ]+) .*/\1/p'
  done | sort -u | while read -r library; do
    [[ $library == "$image"/* ]] || install -D "$library" "$image$library"
  done
  cp "$(command -v busybox)" "$image/bin/busybox"
  cat > "$image/init" <<'INIT'
#!/bin/busybox sh
/bin/busybox mount -t proc proc /proc
/bin/busybox mount -t sysfs sys /sys
/bin/busybox mount -t devtmpfs dev /dev
export DOTNET_gcServer=0 DOTNET_TieredCompilation=1 TMPDIR=/tmp HOME=/tmp
echo "emulated: $(/bin/busybox sed -n 's/^model name.*: //p' /proc/cpuinfo | /bin/busybox head -n 1), Linux $(/bin/busybox uname -r)"
/dotnet/dotnet exec /probe/MemSentry.Native.Probe.dll SCENARIO
echo "exit code $?"
/bin/busybox poweroff -f
INIT
  sed -i "s/SCENARIO/$scenario/" "$image/init"
  chmod +x "$image/init"
  (cd "$image" && find . | cpio --quiet -o -H newc) > "$folder/image.cpio"
}

emulate() {
  timeout "$seconds" qemu-system-x86_64 -accel tcg -cpu max,-smap -m 2048 -nographic -no-reboot -net none \
    -kernel "$kernel" -initrd "$folder/image.cpio" \
    -append "console=ttyS0 quiet panic=-1 secretmem.enable=1" </dev/null | tr -d '\r' | sed -n 's/^.*emulated: /emulated: /; /^emulated: /,/^exit code /p'
}

run() {
  if has_keys; then
    dotnet exec "$program/MemSentry.Native.Probe.dll" "$scenario" && echo "exit code 0" || echo "exit code $?"
  else
    emulate
  fi
}

has_keys() { grep -qw ospke /proc/cpuinfo; }

command -v dotnet >/dev/null || skip "the .NET 10 SDK is not on PATH"
if ! has_keys; then
  for tool in qemu-system-x86_64 busybox cpio; do
    command -v "$tool" >/dev/null || skip "$tool is missing (Debian: apt-get install qemu-system-x86 busybox-static cpio)"
  done
  find_kernel
  folder=$(mktemp -d "$work/run.XXXXXX")
  trap 'rm -rf "$folder"' EXIT
fi
build
has_keys || make_image

seen=$(run) || { echo "$seen"; echo "emulate-pku: the machine did not end within $seconds seconds" >&2; exit 1; }
echo "$seen"
if [[ -n $result ]]; then
  {
    echo "# Protection keys, on a processor that has them"
    echo
    echo "By \`build/emulate-pku.sh --result ${result#"$root"/}\`, with $(qemu-system-x86_64 --version 2>/dev/null | head -n 1 || echo 'no emulator'), .NET $(dotnet --version)."
    echo
    echo '```'
    echo "$seen"
    echo '```'
  } > "$result"
fi
grep -qx 'exit code 0' <<< "$seen"
