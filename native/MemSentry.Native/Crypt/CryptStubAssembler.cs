using Iced.Intel;
using MemSentry.Native.Crypt.Emission;
using static Iced.Intel.AssemblerRegisters;

namespace MemSentry.Native.Crypt;

/// <summary>
/// Writes the two stubs of a region, <c>open</c> and <c>close</c>: functions without arguments that answer a <see cref="CryptResult"/>.
/// </summary>
/// <remarks>
/// <code>
/// open    count 0:  decrypt and hash what is there; its tag must be the one that the kernel has from the last close; count 1
///         else:     the seal must be that of the count; count + 1
/// close   the seal must be that of the count
///         count 1:  a new nonce; encrypt and hash; the kernel keeps the tag; count 0
///         else:     count - 1
/// </code>
/// The lock is held from the first look at the count to the last store, across the transform. A tag is kept by <c>pwrite</c> into memory that this process has
/// mapped without the right to write: a store anywhere cannot bring an old one back, and an old ciphertext with it. A seal is bound to that tag, so none from
/// before the last close is good after it; but one that was good since may be put back, which keeps an open region open. A region without tag has neither.
/// </remarks>
internal sealed class CryptStubAssembler
{
    private readonly CryptStubPlan _plan;
    private readonly StubWriter _writer = new();
    private readonly LockEmitter _lock;
    private readonly TagEmitter? _tag;

    private CryptStubAssembler(CryptStubPlan plan)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(plan.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(plan.Length, CryptLimits.MostBytes);
        _plan = plan;
        _lock = new LockEmitter(_writer.Code);
        _tag = plan.Tag is { } place ? new TagEmitter(_writer, place) : null;
    }

    private Assembler Code => _writer.Code;

    /// <summary>The code; its entries are open and close.</summary>
    public static StubCode Assemble(CryptStubPlan plan)
    {
        var assembler = new CryptStubAssembler(plan);
        Label open = assembler.Stub(assembler.Open);
        Label close = assembler.Stub(assembler.Close);
        return assembler._writer.Assemble(open, close);
    }

    private Label Stub(Action<Outcome> body)
    {
        Label start = Code.CreateLabel();
        Code.Label(ref start);
        Code.endbr64();
        Code.mov(rsi, _plan.Header);
        _lock.Acquire();
        Code.mov(edx, __dword_ptr[rsi + CryptHeader.CountOffset]);
        var outcome = new Outcome(Code);
        body(outcome);
        outcome.Emit(Prepare, Release);
        return start;
    }

    private void Open(Outcome outcome)
    {
        Label nested = Code.CreateLabel();
        Label counted = Code.CreateLabel();
        Code.test(edx, edx);
        Code.js(outcome[CryptResult.Released]);
        Code.jne(nested);

        Code.vmovdqu(xmm0, __[rsi + CryptHeader.NonceOffset]);
        Transform(encrypts: false);
        _tag?.Tag();
        _tag?.JumpUnlessKept(outcome[CryptResult.CiphertextTampered]);
        Code.mov(edx, 1);
        Code.jmp(counted);

        Code.Label(ref nested);
        CheckSeal(outcome);
        Code.cmp(edx, CryptHeader.MostReaders);
        Code.jae(outcome[CryptResult.TooManyReaders]);
        Code.inc(edx);
        Code.Label(ref counted);
        StoreCount();
    }

    private void Close(Outcome outcome)
    {
        Label last = Code.CreateLabel();
        Code.test(edx, edx);
        Code.jle(outcome[CryptResult.NotOpen]);
        CheckSeal(outcome);
        Code.dec(edx);
        Code.je(last);
        StoreCount();
        Code.jmp(outcome[CryptResult.Done]);

        Code.Label(ref last);
        new NonceEmitter(_writer).Draw(outcome[CryptResult.NoRandomNumber]);
        Code.vmovdqu(__[rsi + CryptHeader.NonceOffset], xmm0);
        Transform(encrypts: true);
        if (_tag is not null)
        {
            _tag.Tag();
            _tag.Keep(outcome[CryptResult.TagNotStored]);
            _tag.JumpUnlessKept(outcome[CryptResult.TagNotStored]);
            Code.mov(rsi, _plan.Header);
        }

        Code.mov(__dword_ptr[rsi + CryptHeader.CountOffset], 0);
    }

    private void Transform(bool encrypts) =>
        new TransformEmitter(_writer, _plan.Form, encrypts, _tag is not null).Emit(_plan.Address, _plan.Length);

    private void CheckSeal(Outcome outcome)
    {
        if (_tag is not null)
        {
            _tag.Seal();
            Code.vpxor(xmm0, xmm0, __[rsi + CryptHeader.SealOffset]);
            Code.vptest(xmm0, xmm0);
            Code.jne(outcome[CryptResult.HeaderTampered]);
        }
    }

    private void StoreCount()
    {
        if (_tag is not null)
        {
            _tag.Seal();
            Code.vmovdqu(__[rsi + CryptHeader.SealOffset], xmm0);
        }

        Code.mov(__dword_ptr[rsi + CryptHeader.CountOffset], edx);
    }

    /// <summary>What was decrypted from a forged ciphertext is nobody's to see.</summary>
    private void Prepare(CryptResult result)
    {
        if (result is CryptResult.CiphertextTampered)
        {
            Code.mov(rdi, _plan.Address);
            Code.mov(ecx, _plan.Length);
            Code.xor(eax, eax);
            Code.rep.stosb();
        }
    }

    private void Release()
    {
        Code.mov(rsi, _plan.Header);
        _lock.Release();
    }
}
