using MemSentry.AccessTable;
using MemSentry.Verifier.Facts;
using MemSentry.Verifier.Flow;
using MemSentry.Verifier.Values;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Proving;

/// <summary>What a call owes for its operands: references and what is inside structures stand at every call; numbers when they leave verified code.</summary>
internal sealed class CallDemands(CallTargets targets, TypeShapes shapes, AddressDemands demands)
{
    private readonly ApiDemands _apis = new(demands, shapes);

    /// <summary>What a call owes.</summary>
    public void Add(Instruction instruction, Frame frame, List<Obligation> owed)
    {
        var call = new CallSignature(instruction);
        MethodDefinition? verified = targets.VerifiedBody(instruction);
        bool leaves = verified is null;
        bool looksOnly = call.Callee is not null && SpanMembers.TouchNothing(call.Callee);
        bool fills = call.Callee is { Name: ".ctor" };
        ApiContract? contract = leaves ? targets.Contract(call.Callee) : null;
        MethodDefinition? trusted = targets.TrustedBody(instruction);
        for (int i = 0; i < call.Arguments; i++)
        {
            if (trusted is null || !AcceptedRegions.Include(trusted.Parameters[i]))
                AddArgument(call, i, frame, leaves && contract is null, looksOnly, owed);
            if (verified is not null && targets.Summaries.Include(verified, i))
                owed.Add(AddressDemands.Summary(frame.Peek(call.DepthOf(i))));
        }

        if (call.HasReceiver && frame.Peek(call.ReceiverDepth) is { IsAddress: true } receiver)
            AddReference(receiver, call.ReceiverType, looksOnly || fills, owed);
        if (contract is not null)
            _apis.Add(contract, call, frame, owed);
    }

    private void AddArgument(CallSignature call, int argument, Frame frame, bool escapes, bool looksOnly, List<Obligation> owed)
    {
        Value value = frame.Peek(call.DepthOf(argument));
        TypeReference type = TypeShapes.Bare(call.ArgumentType(argument));
        if (type is ByReferenceType reference)
            AddReference(value, reference.ElementType, looksOnly, owed);
        else if (!looksOnly && shapes.HoldsReferences(type))
            owed.Add(ContentsDemands.Value(value));
        else if (escapes && (type is PointerType || type.MetadataType is MetadataType.IntPtr or MetadataType.UIntPtr))
            owed.Add(demands.Escape(value));
        if (escapes && value.Kind != ValueKind.Object && ApiTable.IsHandle(type))
            owed.Add(ContentsDemands.Handle(value, TypeShapes.Referred(type) ?? type, shapes));
    }

    private void AddReference(Value value, TypeReference? referred, bool looksOnly, List<Obligation> owed)
    {
        owed.Add(demands.Border(value, referred));
        if (!looksOnly && referred is not null && shapes.HoldsReferences(referred))
            owed.Add(ContentsDemands.Behind(value, referred));
    }
}
