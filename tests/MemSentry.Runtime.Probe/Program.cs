using MemSentry;
using MemSentry.CompilerServices;

WovenModule.Start("Probe", 1, "ProtMethod=mpx;Rw=rw");
var r = SafeRegion.Allocate(32, new() { Name = "key" });
r.Span.Fill(7);
unsafe { Console.WriteLine(((ulong)r.Pointer).ToString("x")); }
unsafe { Console.WriteLine(Violation.Create((nuint)r.Pointer + 3, "A::B", 31, 1).Message); }
unsafe { Console.WriteLine(Violation.Create(unchecked((nuint)0x100000000001), "A::B", 31, 4).Message); }
var big = SafeRegion.Allocate(10000, new() { Name = "big", GuardAtEnd = true });
big.Span.Fill(7);
big.MakeReadOnly();
Console.WriteLine(MemSentryRuntime.Status);
r.Dispose(); big.Dispose(); r.Dispose();
Console.WriteLine(MemSentryRuntime.Status);
