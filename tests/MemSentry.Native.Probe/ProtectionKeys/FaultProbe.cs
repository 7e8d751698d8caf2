using System.Runtime.InteropServices;
using MemSentry.Native.Faults;

namespace MemSentry.Native.Probe.ProtectionKeys;

/// <summary>Does what must not be done, and tells what the kernel said.</summary>
internal sealed unsafe class FaultProbe
{
    private const int PageLength = 4096;

    private readonly FaultRecord* _record;
    private readonly ulong _address;
    private readonly int[] _entries;

    private FaultProbe(FaultRecord* record, ulong address, int[] entries)
    {
        _record = record;
        _address = address;
        _entries = entries;
    }

    /// <summary>Registers that a call may change: rax, rcx, rdx, rsi, rdi, r8 to r11.</summary>
    public const int VolatileRegisters = 9;

    /// <summary>Installs it.</summary>
    /// <param name="watched">Stubs that are to be entered in the middle.</param>
    public static FaultProbe Install(params IReadOnlyList<ulong> watched)
    {
        var record = (FaultRecord*)NativeMemory.AllocZeroed((nuint)sizeof(FaultRecord));
        Dictionary<int, ulong> next = new()
        {
            [FaultRecord.Segmentation] = Read(FaultRecord.Segmentation).Handler,
            [FaultRecord.IllegalInstruction] = Read(FaultRecord.IllegalInstruction).Handler,
        };
        (byte[] Bytes, int[] Entries) Emit(ulong at) =>
            FaultProbeAssembler.Assemble((ulong)record, [(at, PageLength), .. watched.Select(page => (page, (ulong)PageLength))], next, at);

        (byte[] model, int[] entries) = Emit(0x7f0000000000);
        if (ExecutablePages.Create(model.Length, at => Emit(at).Bytes, out ulong address) is { } failure)
        {
            throw new InvalidOperationException(failure.ToString());
        }

        foreach (int signal in next.Keys)
        {
            SignalAction action = Read(signal).Before(address + (ulong)entries[0]);
            _ = LibC.ChangeSignalAction(signal, &action, null);
        }

        return new FaultProbe(record, address, entries);
    }

    /// <summary>Loads eight bytes.</summary>
    public FaultRecord Load(ulong address)
    {
        *_record = default;
        ((delegate* unmanaged<ulong, int>)Entry(1))(address);
        return *_record;
    }

    /// <summary>Stores eight bytes.</summary>
    public FaultRecord Store(ulong address, long value)
    {
        *_record = default;
        ((delegate* unmanaged<ulong, long, int>)Entry(2))(address, value);
        return *_record;
    }

    /// <summary>Jumps, with a value in eax.</summary>
    public FaultRecord Jump(ulong target, uint value)
    {
        *_record = default;
        ((delegate* unmanaged<ulong, uint, int>)Entry(3))(target, value);
        return *_record;
    }

    /// <summary>What a function leaves in volatile registers that were all ones.</summary>
    public ulong[] Call(ulong function)
    {
        *_record = default;
        ((delegate* unmanaged<ulong, int>)Entry(4))(function);
        return new ReadOnlySpan<ulong>((byte*)_record + FaultRecord.Registers, VolatileRegisters).ToArray();
    }

    private static SignalAction Read(int signal)
    {
        SignalAction action;
        _ = LibC.ChangeSignalAction(signal, null, &action);
        return action;
    }

    private ulong Entry(int index) => _address + (ulong)_entries[index];
}
