using System.Runtime.InteropServices;
using MemSentry.Native;
using MemSentry.Native.Images;
using MemSentry.Native.ThreadStarts;
using MemSentry.ProtectionKeys;

namespace MemSentry.Runtime.Tests.ProtectionKeys;

/// <summary>Where .NET's libraries keep the address of <c>pthread_create</c>: looked for in this process.</summary>
[TestFixture]
internal sealed unsafe class ThreadStartSlotTests
{
    [Test]
    public void All_three_libraries_call_the_function_of_the_C_library_through_a_slot_that_cannot_be_written()
    {
        ThreadStartFailure? failure = ThreadStartSlots.Find(MemoryMap.ReadSelf(), out IReadOnlyList<ThreadStartSlot> slots);
        ulong function = (ulong)NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "pthread_create");

        Assert.That(failure, Is.Null);
        Assert.That(slots.Select(slot => Path.GetFileName(slot.Library)), Is.SupersetOf((string[])["libcoreclr.so", "libSystem.Native.so", "libclrjit.so"]));
        Assert.That(slots.Select(slot => slot.Target), Is.All.EqualTo(function));
        Assert.That(slots.Select(slot => *(ulong*)slot.Address), Is.All.EqualTo(function));
    }

    [Test]
    public void The_bias_and_the_tables_are_those_that_the_loader_uses()
    {
        LoadedImage image = LoadedImage.Find(MemoryMap.ReadSelf(), "libSystem.Native.so")!;
        ulong exported = (ulong)NativeLibrary.GetExport(NativeLibrary.Load(image.Path), "SystemNative_GetPid");

        Assert.That(image.Start, Is.EqualTo(DynamicSection.Read(image).Bias), "its first segment starts at 0");
        Assert.That(exported, Is.GreaterThan(image.Start));
        Assert.That(ImportSlots.Find(image, "getpid").Select(slot => *(ulong*)slot), Does.Contain((ulong)NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "getpid")));
    }

    [Test]
    [Covers(RuntimeCode.ThreadsStartOpen)]
    public void A_library_without_such_a_slot_is_refused_by_name()
    {
        ThreadStartFailure? failure = ThreadStartSlots.Find(MemoryMap.ReadSelf(), ["libcoreclr.so"], [], "pthread_create_of_a_later_version", out IReadOnlyList<ThreadStartSlot> slots);

        Assert.That(slots, Is.Empty);
        Assert.That(
            ThreadStartRefusals.Create(failure!).ToException(),
            Is.InstanceOf<PlatformNotSupportedException>().With.Message.Match(
                "^MS7024: The method mpk has every thread start with its domains closed, .* and here it cannot: .*/libcoreclr.so has no relocation slot of " +
                "pthread_create_of_a_later_version; run on a version of .NET that MemSentry knows \\(10\\), or use the methods mpx or sfi"));
    }

    [Test]
    public void A_library_that_is_not_loaded_is_refused_where_it_is_required()
    {
        Assert.That(
            ThreadStartSlots.Find(new MemoryMap([]), ["libcoreclr.so"], [], "pthread_create", out _),
            Is.EqualTo(new ThreadStartFailure("libcoreclr.so is not in /proc/self/maps", "run where /proc is, on a version of .NET that MemSentry knows (10)")));
        Assert.That(ThreadStartSlots.Find(new MemoryMap([]), [], ["libclrgc.so"], "pthread_create", out _), Is.Null);
    }

    /// <summary>As in a library that is linked without -z now, whose slots are filled at the first call: a wild write could take the stub out again.</summary>
    [Test]
    public void A_slot_that_can_be_written_is_refused()
    {
        MemoryMap writable = new([.. MemoryMap.ReadSelf().Ranges.Select(range => range with { Permissions = range.Permissions.Replace("r--p", "rw-p", StringComparison.Ordinal) })]);

        ThreadStartFailure? failure = ThreadStartSlots.Find(writable, ["libcoreclr.so"], [], "pthread_create", out _);

        Assert.That(failure!.Cause, Does.Match("libcoreclr.so keeps its slot of pthread_create in a page that can be written \\(0x[0-9a-f]+\\)$"));
        Assert.That(failure.Remedy, Is.EqualTo("link it with -z relro -z now"));
    }

    /// <summary>Whatever stands in a damaged image, nothing outside it is read.</summary>
    [TestCase(ElfLayout.ProgramHeadersOffset, "names an address outside itself")]
    [TestCase(ElfLayout.MachineOffset, "is no program or library of x86-64")]
    [TestCase(ElfLayout.ProgramHeaderCountOffset, "is linked with nothing")]
    public void A_damaged_image_is_refused_without_a_crash(int damaged, string cause)
    {
        var copy = (byte*)NativeMemory.AlignedAlloc(4096, 4096);
        new ReadOnlySpan<byte>((void*)LoadedImage.Find(MemoryMap.ReadSelf(), "libcoreclr.so")!.Start, 4096).CopyTo(new Span<byte>(copy, 4096));
        *(ushort*)(copy + damaged) = damaged == ElfLayout.ProgramHeaderCountOffset ? (ushort)0 : (ushort)0xfff0;
        MemoryMap map = new([new MappedRange((ulong)copy, (ulong)copy + 4096, "r-xp", "/usr/lib/libdamaged.so")]);

        ThreadStartFailure? failure = ThreadStartSlots.Find(map, ["libdamaged.so"], [], "pthread_create", out _);
        NativeMemory.AlignedFree(copy);

        Assert.That(failure!.Cause, Does.StartWith("/usr/lib/libdamaged.so").And.Contain(cause));
    }

    [Test]
    public void Threads_start_through_stubs_one_before_the_other()
    {
        ChildResult child = NativeProbe.Run("thread-starts");

        Assert.That((child.ExitCode, child.Output), Is.EqualTo((0, "slots lead to stubs, read-only\nthreads started\nslots lead to stubs, read-only\nthreads started")), child.Error);
    }
}
