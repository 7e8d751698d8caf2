using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;

namespace MemSentry.Native.ProtectionKeys.Gates;

/// <summary>
/// The page of a domain in a process without keys, which a fallback lets run all the same: gates ask it as ever, and are told either to have the runtime keep
/// record of each window, or that all is open.
/// </summary>
internal static class FixedAnswers
{
    /// <summary>For domains that the runtime opens and closes by another method.</summary>
    public static byte[] Recorded { get; } = Assemble(GateState.Recorded, may: 0);

    /// <summary>For regions that nothing protects.</summary>
    public static byte[] Granted { get; } = Assemble(GateState.Granted, may: 1);

    private static byte[] Assemble(GateState state, int may) => GatePageBytes.Of(new Dictionary<GateEntry, Action<Assembler>>
    {
        [GateEntry.StateToRead] = code => Answer(code, (int)state),
        [GateEntry.StateToWrite] = code => Answer(code, (int)state),
        [GateEntry.EnterToRead] = code => code.ud2(),
        [GateEntry.EnterToWrite] = code => code.ud2(),
        [GateEntry.Leave] = code => code.ud2(),
        [GateEntry.MayRead] = code => Answer(code, may),
        [GateEntry.MayWrite] = code => Answer(code, may),
    }, new Assembler(64));

    private static void Answer(Assembler code, int value)
    {
        code.mov(eax, value);
        code.ret();
    }
}
