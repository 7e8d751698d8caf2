using MemSentry.AccessTable;
using MemSentry.Analysis.Windows;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver;

/// <summary>
/// Calls of the stubs that open and close domains with protection keys: <c>calli</c> of a constant address, so that nobody can rewrite where it leads. They return
/// at once, so the garbage collector is not told (<c>CallConvSuppressGCTransition</c>).
/// </summary>
internal sealed class GateStubs(ModuleDefinition module)
{
    /// <summary>IMAGE_CEE_CS_CALLCONV_UNMANAGED: the modifier of the result names the convention (ECMA-335 II.23.2.1 and its .NET 5 augments).</summary>
    private const MethodCallingConvention Unmanaged = (MethodCallingConvention)9;

    private readonly TypeReference _suppressesTransition =
        new("System.Runtime.CompilerServices", "CallConvSuppressGCTransition", module, module.TypeSystem.CoreLibrary);

    /// <summary>Pushes a <see cref="GateState"/>.</summary>
    public IEnumerable<Instruction> State(WindowTarget target) =>
        Call(target, target.Writes ? GateEntry.StateToWrite : GateEntry.StateToRead, module.TypeSystem.Int32);

    /// <summary>Opens what a gate opens.</summary>
    public IEnumerable<Instruction> Enter(WindowTarget target) =>
        Call(target, target.Writes ? GateEntry.EnterToWrite : GateEntry.EnterToRead, module.TypeSystem.Void);

    /// <summary>Closes everything.</summary>
    public IEnumerable<Instruction> Leave(WindowTarget target) => Call(target, GateEntry.Leave, module.TypeSystem.Void);

    /// <summary>Pushes 1 if what a gate opens is open, otherwise 0.</summary>
    public IEnumerable<Instruction> MayAccess(WindowTarget target) =>
        Call(target, target.Writes ? GateEntry.MayWrite : GateEntry.MayRead, module.TypeSystem.Int32);

    private IEnumerable<Instruction> Call(WindowTarget target, GateEntry entry, TypeReference result) =>
    [
        Instruction.Create(OpCodes.Ldc_I8, GateLayout.AddressOf(target.Number, entry)),
        Instruction.Create(OpCodes.Conv_U),
        Instruction.Create(OpCodes.Calli, new CallSite(new OptionalModifierType(_suppressesTransition, result)) { CallingConvention = Unmanaged }),
    ];
}
