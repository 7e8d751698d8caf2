using MemSentry.Analysis.Windows;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting.Windows;

/// <summary>Emits the switches inside a twin.</summary>
internal sealed class SwitchEmitter(WindowPlan plan, WindowMembers window, FrameMark frame)
{
    /// <summary>The runtime's frame that stands for an exception.</summary>
    private const int ExceptionFrame = 1;

    public IEnumerable<Instruction> Of(WindowActionKind kind) => kind switch
    {
        WindowActionKind.Suspend => frame.PassTo(window.Suspend),
        WindowActionKind.Resume when plan.HasKey =>
        [
            CompactInstruction.LoadInt32(plan.Target.Number), CompactInstruction.LoadInt32(plan.Target.Rights), .. frame.PassTo(window.ResumeByKey),
        ],
        WindowActionKind.Resume => frame.PassTo(window.Resume),
        _ => SuspendForException(window),
    };

    /// <summary>Closes for an exception on its way.</summary>
    public static IEnumerable<Instruction> SuspendForException(WindowMembers window) =>
    [
        CompactInstruction.LoadInt32(ExceptionFrame),
        Instruction.Create(OpCodes.Conv_U),
        Instruction.Create(OpCodes.Call, window.Suspend),
    ];
}
