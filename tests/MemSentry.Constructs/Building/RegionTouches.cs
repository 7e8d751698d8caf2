using MemSentry.Constructs.Running;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Constructs.Building;

/// <summary>
/// Has a member touch the region where its body, each of its handlers and filters begins, and before it returns: so it becomes a gate and a twin, its window is open while
/// the construct runs, and has to be open again behind whatever closed it. Nothing of it shows in what the member does.
/// </summary>
internal sealed class RegionTouches
{
    private static readonly Dictionary<Code, OpCode> OpCodesByCode = typeof(OpCodes).GetFields().Select(f => (OpCode)f.GetValue(null)!).ToDictionary(o => o.Code);

    private readonly MethodReference _pointer;
    private readonly FieldReference _region;
    private readonly FieldReference _mistakes;
    private readonly FieldReference _touches;

    public RegionTouches(ModuleDefinition module)
    {
        _pointer = module.ImportReference(typeof(SafeRegion).GetProperty(nameof(SafeRegion.Pointer))!.GetMethod);
        _region = module.ImportReference(typeof(TouchedRegion).GetField(nameof(TouchedRegion.Region)));
        _mistakes = module.ImportReference(typeof(TouchedRegion).GetField(nameof(TouchedRegion.Mistakes)));
        _touches = module.ImportReference(typeof(TouchedRegion).GetField(nameof(TouchedRegion.Touches)));
    }

    /// <summary>Inserts the touches.</summary>
    public void Insert(MethodBody body)
    {
        foreach (Instruction branch in body.Instructions.Where(i => i.OpCode.OperandType == OperandType.ShortInlineBrTarget))
            branch.OpCode = Long(branch.OpCode);

        Instruction first = body.Instructions[0];
        Instruction[] handlers = [.. body.ExceptionHandlers.SelectMany(h => new[] { h.FilterStart, h.HandlerStart }).OfType<Instruction>().Distinct()];
        Instruction[] returns = [.. body.Instructions.Where(i => i.OpCode.Code == Code.Ret && i.Previous is not null && i.Previous.Previous?.OpCode.Code != Code.Tail)];

        foreach (Instruction start in handlers)
            MoveRanges(body, start, InsertBefore(body, start));
        foreach (Instruction end in returns)
            InsertBefore(body, end);

        // A branch to the first instruction goes on leading there; a protected range that begins with it does not contain the touch.
        InsertBefore(body, first);
    }

    /// <summary>Neutral on the stack, whatever lies there; branches to the instruction pass by.</summary>
    private Instruction InsertBefore(MethodBody body, Instruction place)
    {
        Instruction[] touch =
        [
            // Touches++
            Instruction.Create(OpCodes.Ldsfld, _touches), Instruction.Create(OpCodes.Ldc_I4_1), Instruction.Create(OpCodes.Conv_I8), Instruction.Create(OpCodes.Add), Instruction.Create(OpCodes.Stsfld, _touches),

            // Mistakes |= *(long*)Region.Pointer & ~Mark
            Instruction.Create(OpCodes.Ldsfld, _mistakes), Instruction.Create(OpCodes.Ldsfld, _region), Instruction.Create(OpCodes.Callvirt, _pointer), Instruction.Create(OpCodes.Ldind_I8),
            Instruction.Create(OpCodes.Ldc_I8, ~TouchedRegion.Mark), Instruction.Create(OpCodes.And), Instruction.Create(OpCodes.Or), Instruction.Create(OpCodes.Stsfld, _mistakes),

            // *(long*)Region.Pointer = Mark
            Instruction.Create(OpCodes.Ldsfld, _region), Instruction.Create(OpCodes.Callvirt, _pointer), Instruction.Create(OpCodes.Ldc_I8, TouchedRegion.Mark), Instruction.Create(OpCodes.Stind_I8),
        ];
        int at = body.Instructions.IndexOf(place);
        foreach (Instruction instruction in touch)
            body.Instructions.Insert(at++, instruction);

        return touch[0];
    }

    /// <summary>The form of a branch that leads further than 127 bytes.</summary>
    private static OpCode Long(OpCode branch) => OpCodesByCode[Enum.Parse<Code>(branch.Code.ToString()[..^"_S".Length])];

    /// <summary>What began or ended at a handler's first instruction, begins or ends at the touch.</summary>
    private static void MoveRanges(MethodBody body, Instruction from, Instruction to)
    {
        Instruction? Moved(Instruction? place) => place == from ? to : place;

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            (handler.TryStart, handler.TryEnd) = (Moved(handler.TryStart), Moved(handler.TryEnd));
            (handler.FilterStart, handler.HandlerStart, handler.HandlerEnd) = (Moved(handler.FilterStart), Moved(handler.HandlerStart), Moved(handler.HandlerEnd));
        }
    }
}
