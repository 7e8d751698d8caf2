using MemSentry.Verifier.Facts;
using MemSentry.Verifier.Reading;
using MemSentry.Verifier.Values;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Windows;

/// <summary>
/// Proves an assembly that is woven with a domain-based method. What has no window open meets closed pages, so only those matter that open one: gates,
/// which must be trusted and of one shape; twins, which only gates and twins may run; and all the rest, which must not touch either.
/// </summary>
internal sealed class WindowProof(ModuleDefinition module, WovenSettings settings, Func<MethodDefinition, bool> isTrusted)
{
    private readonly Dictionary<MethodDefinition, Gate> _gates = [];
    private readonly MethodDefinition[] _members = [.. module.GetTypes().SelectMany(t => t.Methods)];

    /// <summary>Bodies that were read.</summary>
    public int Members { get; private set; }

    /// <summary>Gates and twins that were found.</summary>
    public int Owed => 2 * _gates.Count;

    /// <summary>The gaps in the proof.</summary>
    public IReadOnlyList<Finding> Gaps()
    {
        var gaps = new List<Finding>();
        MethodDefinition[] bodies = [.. _members.Where(m => m.HasBody && m.Body.Instructions.Count > 0)];
        Members = bodies.Length;
        foreach (MethodDefinition member in bodies.Where(m => m.Body.Instructions.Any(i => WindowCall.NameOf(i) == "Enter")))
            Try(member, gaps, () => Read(member));

        var callees = new CalleeRule(settings.Callees);
        var proof = new GateProof(settings, new TypeShapes(), _gates);
        foreach (Gate gate in _gates.Values)
            Try(gate.Member, gaps, () => [.. proof.Gaps(gate), .. new TwinProof(gate, _gates, callees).Gaps()]);

        HashSet<MethodDefinition> known = [.. _gates.Values.SelectMany(g => new[] { g.Member, g.Twin })];
        foreach (MethodDefinition member in bodies)
            Try(member, gaps, () => Strangers(member, known));

        return gaps;
    }

    private List<Finding> Read(MethodDefinition member)
    {
        Gate gate = new GateReader(member).Read();
        if (!isTrusted(member))
            throw new RejectionException(VerifierCode.GateAltered, "It opens a window, but the trust list does not name it; weave the original assembly again.");
        if (gate.ByKey && !settings.Gates.Contains(gate.Opens.Domain))
            throw new RejectionException(VerifierCode.GateAltered, "It calls stubs that the settings do not tell the runtime to make; weave the original assembly again.");
        if (!_gates.TryAdd(gate.Twin, gate))
            throw new RejectionException(VerifierCode.TwinExposed, "It shares its body with another gate; weave the original assembly again.");

        return [];
    }

    /// <summary>
    /// Twins are called, by gates and twins; they are never handed out as a delegate, a function pointer or a token, except to be compiled. The switches are theirs alone.
    /// </summary>
    private IEnumerable<Finding> Strangers(MethodDefinition member, HashSet<MethodDefinition> known)
    {
        bool isTwin = _gates.ContainsKey(member);
        Instruction[] owed = isTwin && _gates[member].ByKey ? [member.Body.Instructions[0]] : [];
        foreach (Instruction instruction in member.Body.Instructions.Where(i => StubCall.Names(i) && (isTwin || !known.Contains(member))).Except(owed))
            yield return Stranger(member, instruction, "It names the stub of a gate");

        foreach (Instruction instruction in member.Body.Instructions.Where(i => i.Operand is MethodReference))
        {
            var callee = (MethodReference)instruction.Operand;
            bool switches = !known.Contains(member) && WindowCall.NameOf(instruction) is not null;
            bool names = callee.DeclaringType is not ArrayType && callee.GetElementMethod().Resolve() is { } target && _gates.TryGetValue(target, out Gate? gate)
                && !((isTwin || gate.Member == member) && instruction.OpCode.Code is Code.Call or Code.Callvirt)
                && !(gate.Preparation?.Initializer == member && instruction.OpCode.Code == Code.Ldtoken);
            if (switches || names)
            {
                yield return Stranger(member, instruction, switches ? "It switches windows without being a gate or its body" : "It gets at the body of a gate past the gate");
            }
        }
    }

    private static Finding Stranger(MethodDefinition member, Instruction instruction, string what) => new(
        VerifierCode.TwinExposed, what + "; weave the original assembly again.", MemberName.Of(member), instruction.Offset, instruction.OpCode.Name,
        SourcePositions.Of(member, instruction.Offset));

    private static void Try(MethodDefinition member, List<Finding> gaps, Func<IEnumerable<Finding>> proof)
    {
        try
        {
            gaps.AddRange(proof());
        }
        catch (RejectionException e)
        {
            gaps.Add(new Finding(e.Code, e.Message, MemberName.Of(member), Position: SourcePositions.Of(member, 0)));
        }
        catch (AssemblyResolutionException e)
        {
            gaps.Add(new Finding(VerifierCode.ReferenceNotFound, ReferenceFolders.Missing(e.AssemblyReference).Message, MemberName.Of(member)));
        }
        catch (Exception e) when (MalformedCode.Explains(e))
        {
            gaps.Add(new Finding(VerifierCode.NotUnderstood,
                $"Its code or what it refers to is damaged ({e.GetType().Name}), so nothing is proven here; build and weave the assembly again.", MemberName.Of(member)));
        }
    }
}
