using Iced.Intel;
using MemSentry.Native.ProtectionKeys;
using static Iced.Intel.AssemblerRegisters;

namespace MemSentry.Native.ThreadStarts;

/// <summary>Writes what stands before <c>pthread_create</c>: a thread inherits the key register of the one that starts it, so this one closes what it has open first.</summary>
/// <remarks>
/// <code>
/// start:  of the first key that this thread has open
///           close it; call start; open it again as it was; return what pthread_create has answered
///         none is open: jump to pthread_create
/// </code>
/// What has to be opened again is known by where in the code the call returns to, once for each key and for each way in which it can be open: nothing about it is in memory
/// but return addresses. Each write of the register is compared with what it was to be, or traps. Arguments are in rdi, rsi, rdx and rcx; the instructions on the register want
/// zero in two of them, so r10 and r11 keep these, which the callee of a call may change (System V ABI, x86-64, 3.2.1).
/// </remarks>
internal sealed class ThreadStartAssembler
{
    private static readonly KeyRights[] Open = [KeyRights.ReadWrite, KeyRights.Read];

    private readonly Assembler _code = new(64);
    private readonly Label _start;

    private ThreadStartAssembler() => _start = _code.CreateLabel("start");

    /// <summary>The code, which starts with its first byte and is good for any address.</summary>
    /// <param name="keys">Keys to close, from 1 to 15.</param>
    /// <param name="next">Address of <c>pthread_create</c>, or of a stub before it that closes other keys.</param>
    public static byte[] Assemble(IReadOnlyList<int> keys, ulong next)
    {
        foreach (int key in keys)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(key, 1, nameof(keys));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(key, KeyRegister.Keys, nameof(keys));
        }

        var assembler = new ThreadStartAssembler();
        assembler.Write(keys, next);
        using var bytes = new MemoryStream();
        assembler._code.Assemble(new StreamCodeWriter(bytes), 0);
        return bytes.ToArray();
    }

    private void Write(IReadOnlyList<int> keys, ulong next)
    {
        Label start = _start;
        _code.Label(ref start);
        _code.endbr64();
        Dictionary<(int Key, KeyRights Rights), Label> opened = [];
        if (keys.Count > 0)
        {
            _code.mov(r10, rdx);
            _code.mov(r11, rcx);
            _code.xor(ecx, ecx);
            _code.rdpkru();
            foreach (int key in keys)
            {
                Dispatch(key, opened);
            }

            _code.mov(rdx, r10);
            _code.mov(rcx, r11);
        }

        _code.mov(rax, next);
        _code.jmp(rax);
        foreach (((int key, KeyRights rights), Label label) in opened)
        {
            Label isOpen = label;
            _code.Label(ref isOpen);
            CallClosed(key, rights);
        }
    }

    /// <summary>eax is the register.</summary>
    private void Dispatch(int key, Dictionary<(int Key, KeyRights Rights), Label> opened)
    {
        _code.mov(edx, eax);
        _code.and(edx, KeyRegister.Mask(key));
        foreach (KeyRights rights in Open)
        {
            _code.cmp(edx, KeyRegister.Bits(key, rights));
            Label isOpen = _code.CreateLabel();
            _code.je(isOpen);
            opened.Add((key, rights), isOpen);
        }
    }

    private void CallClosed(int key, KeyRights rights)
    {
        Set(key, KeyRights.None);
        _code.mov(rdx, r10);
        _code.mov(rcx, r11);
        _code.sub(rsp, 8);
        _code.call(_start);
        _code.add(rsp, 8);
        _code.mov(r10, rax);
        _code.xor(ecx, ecx);
        _code.rdpkru();
        Set(key, rights);
        _code.mov(rax, r10);
        _code.ret();
    }

    /// <summary>eax is the register, and ecx zero.</summary>
    private void Set(int key, KeyRights rights)
    {
        Label isAsMeant = _code.CreateLabel();
        _code.and(eax, ~KeyRegister.Mask(key));
        if (rights != KeyRights.ReadWrite)
        {
            _code.or(eax, KeyRegister.Bits(key, rights));
        }

        _code.xor(edx, edx);
        _code.wrpkru();
        _code.xor(ecx, ecx);
        _code.rdpkru();
        _code.and(eax, KeyRegister.Mask(key));
        _code.cmp(eax, KeyRegister.Bits(key, rights));
        _code.je(isAsMeant);
        _code.ud2();
        _code.Label(ref isAsMeant);
    }
}
