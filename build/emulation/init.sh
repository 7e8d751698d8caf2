#!/bin/busybox sh
# The first process of the emulated machine.
/bin/busybox mount -t proc proc /proc
/bin/busybox mount -t sysfs sys /sys
/bin/busybox mount -t devtmpfs dev /dev
/bin/busybox ip link set lo up 2>/dev/null
export NO_COLOR=1 PATH=/bin:/usr/bin DOTNET_ROOT=/dotnet DOTNET_gcServer=0 DOTNET_TieredCompilation=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 TMPDIR=/tmp HOME=/tmp
echo "emulated: $(/bin/busybox sed -n 's/^model name.*: //p' /proc/cpuinfo | /bin/busybox head -n 1), Linux $(/bin/busybox uname -r)"
/bin/busybox sh /run-commands.sh /dotnet/dotnet "$(/bin/busybox cat /folder)" /commands
echo "the machine ends"
/bin/busybox poweroff -f
