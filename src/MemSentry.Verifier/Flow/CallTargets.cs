using MemSentry.AccessTable;
using MemSentry.Verifier.Facts;
using Mono.Cecil;
using Mono.Cecil.Cil;
using IL = Mono.Cecil.Cil.Code;

namespace MemSentry.Verifier.Flow;

/// <summary>Who is called: which body surely runs, and what the access table says of members outside the module.</summary>
/// <param name="module">The module.</param>
/// <param name="isTrusted">Whether a member is on the trust list: its body is not verified.</param>
/// <param name="throwHelper">The member that never returns, if that is proven.</param>
/// <param name="summaries">What is believed across calls.</param>
internal sealed class CallTargets(ModuleDefinition module, Func<MethodDefinition, bool> isTrusted, MethodDefinition? throwHelper, Summaries summaries)
{
    private readonly TrustedReach _reach = new(module, isTrusted);
    private LeafCode? _leaves;
    private readonly Dictionary<MethodReference, MethodDefinition?> _definitions = [];
    private readonly Dictionary<MethodReference, ApiContract?> _contracts = [];

    /// <summary>What is believed across calls.</summary>
    public Summaries Summaries => summaries;

    /// <summary>Calls behind which our registers are what they were.</summary>
    public LeafCode Leaves => _leaves ??= new LeafCode(IsThrow);

    /// <summary>The module's own throw helper: control does not come back.</summary>
    public bool IsThrow(Instruction instruction) =>
        throwHelper is not null && instruction.OpCode.Code == IL.Call && ReferenceEquals(instruction.Operand, throwHelper);

    /// <summary>The verified body that a call runs; null if it may run another.</summary>
    public MethodDefinition? VerifiedBody(Instruction call) => SureBody(call) is { } body && !isTrusted(body) ? body : null;

    /// <summary>The trusted body that a call runs; null if it may run another.</summary>
    public MethodDefinition? TrustedBody(Instruction call) => SureBody(call) is { } body && isTrusted(body) ? body : null;

    /// <summary>Whether a call may end up in trusted code; null is <c>calli</c>.</summary>
    public bool MayRunTrusted(MethodReference? callee) => callee is null ? _reach.IncludesIndirectCalls : _reach.Include(callee);

    /// <summary>What the access table says of a member outside the module; null if it does not know it, or if it lies in the module.</summary>
    public ApiContract? Contract(MethodReference? callee)
    {
        if (callee is null || Definition(callee) is not null)
            return null;
        if (!_contracts.TryGetValue(callee, out ApiContract? contract))
            _contracts.Add(callee, contract = ApiTable.Find(callee));
        return contract;
    }

    /// <summary>The member's definition, if it lies in this module.</summary>
    public MethodDefinition? Definition(MethodReference callee)
    {
        if (_definitions.TryGetValue(callee, out MethodDefinition? known))
            return known;

        MethodReference element = callee.GetElementMethod();
        bool isOwn = element.DeclaringType is not ArrayType && element.DeclaringType.Scope == module;
        MethodDefinition? definition = isOwn ? element as MethodDefinition ?? element.Resolve() : null;
        _definitions.Add(callee, definition = definition?.Module == module ? definition : null);
        return definition;
    }

    private MethodDefinition? SureBody(Instruction call)
    {
        if (call.Operand is not MethodReference callee || Definition(callee) is not { } body || !body.HasCode())
            return null;

        // A virtual member may be implemented elsewhere, and so may a static one that is called through a type parameter.
        bool maybeOverridden = body.IsVirtual && (call.OpCode.Code == IL.Callvirt || body.IsStatic) && !body.IsFinal && !body.DeclaringType.IsSealed;
        return maybeOverridden ? null : body;
    }
}
