using MemSentry.AccessTable;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Windows.Naive;

/// <summary>What is left out of a woven program: each of these is how somebody would build windows who does not know one fact of .NET.</summary>
/// <param name="Name">Also the name of a folder.</param>
/// <param name="Member">The member of the runtime whose calls go; what they would get is dropped.</param>
/// <param name="Where">In which members: gates, twins or both.</param>
/// <param name="Exceptions">Whether only those go that close for an exception (true), only others (false), or all.</param>
/// <param name="Observes">Whether the runtime still observes exceptions.</param>
/// <param name="Reopens">Whether who runs in a filter may open the windows again through which an exception passes.</param>
public sealed record NaiveVersion(string Name, string? Member, Func<MethodDefinition, bool> Where, bool? Exceptions = null, bool Observes = true, bool Reopens = false)
{
    /// <summary>Nothing closes before code of others runs.</summary>
    public static NaiveVersion WithoutSuspension { get; } = new("without-suspension", "Suspend", IsTwin, Exceptions: false);

    /// <summary>Handlers take the window for open.</summary>
    public static NaiveVersion WithoutResume { get; } = new("without-resume", "Resume", IsTwin);

    /// <summary>Only a finally block closes when an exception comes: no filter, no observer, no switch before a throw.</summary>
    public static NaiveVersion OnlyFinally { get; } = new("only-finally", "Suspend", _ => true, Exceptions: true, Observes: false);

    /// <summary>Only observers are forgotten, the filter of the gate is there.</summary>
    public static NaiveVersion WithoutObserver { get; } = new("without-observer", null, _ => false, Observes: false);

    /// <summary>Whoever opens windows again opens all that an exception has closed.</summary>
    public static NaiveVersion WithReopening { get; } = new("with-reopening", null, _ => false, Reopens: true);

    /// <summary>Static constructors run when they run.</summary>
    public static NaiveVersion WithoutStaticConstructors { get; } = new("without-static-constructors", "RunClassConstructor", _ => true);

    /// <summary>Bodies are compiled when they are called.</summary>
    public static NaiveVersion WithoutPreparation { get; } = new("without-preparation", "Prepare", _ => true);

    /// <summary>Nobody closes.</summary>
    public static NaiveVersion WithoutClose { get; } = new("without-close", "Leave", _ => true);

    /// <summary>Lambdas and state machines run in the window of the member that they were written in.</summary>
    public static NaiveVersion WithoutOwnWindows { get; } = new("without-own-windows", "Enter", m => m.Name.StartsWith('<') || m.DeclaringType.Name.StartsWith('<'));

    /// <summary>Bodies believe that a gate has opened.</summary>
    public static NaiveVersion WithoutAssertion { get; } = new("without-assertion", "Require", IsTwin);

    /// <summary>Gates believe what they are handed.</summary>
    public static NaiveVersion WithoutChecks { get; } = new("without-checks", "Displaced", _ => true);

    private static bool IsStub(Instruction call, GateEntry entry) => call.OpCode.Code == Code.Calli && call.Previous?.Previous is { Operand: long address }
        && (address - GateLayout.Start) % GateLayout.PageLength == (int)entry * GateLayout.EntryLength;

    private static bool IsTwin(MethodDefinition method) => method.Name.EndsWith("|MemSentryTwin", StringComparison.Ordinal);

    internal bool LeavesOut(Instruction call) => Member == "Leave" && IsStub(call, GateEntry.Leave) ||
        Member == "Enter" && (IsStub(call, GateEntry.EnterToRead) || IsStub(call, GateEntry.EnterToWrite)) ||
        call.Operand is MethodReference callee && (callee.Name == Member || callee.Name == Member + "Key")
        && (Exceptions is null || Exceptions == (call.Previous.Previous.OpCode.Code == Code.Ldc_I4_1));
}
