using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;

namespace MemSentry.Native.Faults;

/// <summary>Writes the part of the fault handler that finds out whose memory an address of the block is.</summary>
/// <remarks>
/// Reads the arena's descriptors one by one, without the arena's lock: the interrupted code may hold it. Another thread may release a
/// region meanwhile, so the line may name the state of a moment ago; it is always text, never an address to follow.
/// </remarks>
internal sealed class RegionSearchAssembler(Assembler code, ProtectedBlock block)
{
    private const int PageLength = 4096;

    private readonly RegionTable _regions = block.Regions;

    /// <summary>Appends the subroutine: rbx is the address; r14 and r15 are set where the message asks for the region.</summary>
    /// <param name="append">Appends code that appends a message to the line.</param>
    public void Search(Action<FaultMessage> append)
    {
        Label next = code.CreateLabel();
        Label loop = code.CreateLabel();
        Label isQuarantined = code.CreateLabel();
        (Label Label, FaultMessage Message) inside = (code.CreateLabel(), block.Places.Inside);
        (Label Label, FaultMessage Message) released = (code.CreateLabel(), block.Places.Released);
        (Label Label, FaultMessage Message) behind = (code.CreateLabel(), block.Places.Behind);
        (Label Label, FaultMessage Message) guard = (code.CreateLabel(), block.Places.Guard);
        (Label Label, FaultMessage Message) arena = (code.CreateLabel(), block.Places.Arena);

        code.mov(r15, rbx);
        code.mov(rax, _regions.ArenaStart);
        code.sub(r15, rax);
        code.mov(rax, _regions.ArenaLength);
        code.cmp(r15, rax);
        code.jae(guard.Label);

        code.mov(rax, _regions.Count);
        code.mov(r9d, __dword_ptr[rax]);
        code.mov(r14, _regions.Descriptors);
        code.jmp(next);

        code.Label(ref loop);
        code.add(r14, _regions.DescriptorLength);
        code.cmp(__byte_ptr[r14 + _regions.State], _regions.Live);
        code.jne(isQuarantined);
        code.mov(rax, r15);
        code.sub(rax, __qword_ptr[r14 + _regions.Offset]);
        code.cmp(rax, __qword_ptr[r14 + _regions.Length]);
        code.jb(inside.Label);
        code.test(__byte_ptr[r14 + _regions.Traits], _regions.GuardAtEnd);
        code.je(next);
        AddressInExtent();
        code.sub(rax, __qword_ptr[r14 + _regions.ExtentLength]);
        code.cmp(rax, PageLength);
        code.jb(behind.Label);
        code.jmp(next);

        code.Label(ref isQuarantined);
        code.cmp(__byte_ptr[r14 + _regions.State], _regions.Quarantined);
        code.jne(next);
        AddressInExtent();
        code.cmp(rax, __qword_ptr[r14 + _regions.ExtentLength]);
        code.jb(released.Label);

        // Index 0 stands for no region.
        code.Label(ref next);
        code.dec(r9d);
        code.jg(loop);

        foreach ((Label label, FaultMessage message) in new[] { arena, inside, released, behind, guard })
        {
            Label start = label;
            code.Label(ref start);
            append(message);
            code.ret();
        }
    }

    private void AddressInExtent()
    {
        code.mov(rax, r15);
        code.sub(rax, __qword_ptr[r14 + _regions.ExtentOffset]);
    }
}
