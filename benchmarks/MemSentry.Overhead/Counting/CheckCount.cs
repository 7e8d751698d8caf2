using MemSentry.AccessTable;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Origins;
using MemSentry.Analysis.Planning;
using Mono.Cecil;

namespace MemSentry.Overhead.Counting;

/// <summary>Accesses through raw pointers and native integers, and the checks that are planned for them; references are not counted.</summary>
/// <param name="Name">Where.</param>
/// <param name="Accesses">Operands of the input that an instruction or a member of the framework loads from or stores to.</param>
/// <param name="Checks">Checks and masks of such operands, wherever they go.</param>
/// <param name="Origins">Distinct origins, member by member, out of which such operands come and which are not proven (<see cref="ValueOrigin"/>).</param>
/// <param name="Excess">By how much the checks of members exceed their origins; where one check serves several origins that meet, nothing is set off against it.</param>
internal sealed record CheckCount(string Name, long Accesses, long Checks, long Origins, long Excess)
{
    /// <summary>Plans an assembly and counts.</summary>
    /// <exception cref="WeaveException">It cannot be planned.</exception>
    public static CheckCount Of(string file, WeaverOptions options)
    {
        using var resolver = new DefaultAssemblyResolver();
        foreach (string folder in Corpus.Folders)
            resolver.AddSearchDirectory(folder);

        using ModuleDefinition module = ModuleDefinition.ReadModule(file, new ReaderParameters { AssemblyResolver = resolver });
        var members = new ModuleMembers(module);
        long accesses = Plan(members, options).All.Sum(m => m.Decisions.LongCount(d => d.IsRaw && IsAccess(d.Kind)));
        BodyPreparation.Apply(members, options);
        ModulePlan plan = Plan(members, options);
        IReadOnlyDictionary<MethodDefinition, int> origins = OriginCount.In(members, plan, options);
        return new CheckCount(
            Path.GetFileNameWithoutExtension(file),
            accesses,
            plan.All.Sum(ChecksOf),
            origins.Values.Sum(),
            plan.All.Sum(m => Math.Max(0, ChecksOf(m) - origins.GetValueOrDefault(m.Method))));
    }

    private static ModulePlan Plan(ModuleMembers members, WeaverOptions options)
    {
        var diagnostics = new DiagnosticList();
        ModulePlan plan = ModulePlanner.Plan(members, options, diagnostics);
        return diagnostics.HasErrors ? throw new WeaveException(diagnostics.First(d => d.Severity == DiagnosticSeverity.Error)) : plan;
    }

    private static long ChecksOf(MemberPlan member) =>
        member.Checks.Sum(c => c.Operands.Where(o => IsRaw(o.LocalType)).Sum(o => o.Checks.LongCount(IsCheckOfAccess)))
        + member.VariableChecks.Length + member.BaseChecks.Length + member.MaskedBases.Length + member.MaskedCopies.Sum(c => c.Masks);

    private static bool IsCheckOfAccess(OperandCheck check) => IsAccess(check.Kind) && check.Form is CheckForm.Compare or CheckForm.Mask;

    private static bool IsAccess(AccessKind kind) => kind is AccessKind.Load or AccessKind.Store;

    private static bool IsRaw(TypeReference operand) => operand.MetadataType is MetadataType.IntPtr;
}
