using MemSentry.AccessTable;
using MemSentry.Analysis.Members;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Analysis.Leaves;

/// <summary>
/// Which instructions run other code, in which registers of ours may be kept where others can write. Such an instruction ends what was proven of raw pointers; calls of
/// leaves, in the framework (<see cref="LeafMembers"/>) or in the module (<see cref="LeafBodies"/>), do not.
/// </summary>
internal sealed class LeafCalls
{
    private readonly LeafBodies _bodies = new();

    /// <summary>What is asked again and again while members are solved: by the reference, which the module has one of for all that name the same.</summary>
    private readonly Dictionary<MemberReference, bool> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>
    /// Calls, static fields, which may run a static constructor, and casts, which may ask the object. Also under <c>Trust=frame</c>: what is checked before a call is checked again after it under
    /// every trust; only anchors are believed longer there.
    /// </summary>
    public bool EndProofs(Instruction instruction) => instruction.OpCode switch
    {
        { Code: Code.Ldsfld or Code.Ldsflda or Code.Stsfld } => Known((FieldReference)instruction.Operand, MayConstruct),
        { FlowControl: FlowControl.Call } => !(instruction.Operand is MethodReference callee && Known(callee, LeafMembers.Include)) && !_bodies.AreCalledBy(instruction),
        _ => InterfaceQuestions.MayBeAskedBy(instruction),
    };

    /// <summary>
    /// What has no static constructor cannot run one. Another assembly may have got one when the program runs; where a field of a generic type or of a thread lies, the
    /// runtime has to find out.
    /// </summary>
    public static bool MayConstruct(FieldReference field) => !LeafMembers.Include(field)
        && !(field is FieldDefinition { DeclaringType: { HasGenericParameters: false } type } definition
            && !type.Methods.Any(m => m is { IsConstructor: true, IsStatic: true })
            && !definition.CustomAttributes.Any(a => a.AttributeType.Name == "ThreadStaticAttribute"));

    /// <summary>The members of the module that a body calls as leaves, and those that these call: what is proven of the body rests on the JIT putting them into it.</summary>
    public IEnumerable<MethodDefinition> CalledFrom(MethodBody body)
    {
        foreach (Instruction instruction in body.Instructions)
        {
            if (_bodies.AreCalledBy(instruction))
            {
                var callee = (MethodDefinition)instruction.Operand;
                yield return callee;
                foreach (MethodDefinition further in CalledFrom(callee.Body))
                {
                    yield return further;
                }
            }
        }
    }

    private bool Known<T>(T member, Func<T, bool> find)
        where T : MemberReference
    {
        if (!_known.TryGetValue(member, out bool answer))
        {
            _known.Add(member, answer = find(member));
        }

        return answer;
    }
}
