using MemSentry.Verifier.Facts;
using MemSentry.Verifier.Flow;
using MemSentry.Verifier.Proving;
using MemSentry.Verifier.Reading;
using MemSentry.Verifier.Values;
using MemSentry.Verifier.Windows;
using Mono.Cecil;

namespace MemSentry.Verifier;

/// <summary>
/// Proves that a woven assembly covers every access, conversion and escape that its stamp promises to cover, in every member that is not on
/// its trust list. It distrusts the weaver: it reads only the finished assembly, and shares no code with what made it.
/// <para>
/// What it takes for granted: the runtime reserves the block and its guards; unwoven code and trusted members hand over only references that lie outside the
/// block; nobody rewrites references on the stack. What it cannot follow it rejects.
/// </para>
/// </summary>
public static class AssemblyVerification
{
    /// <summary>Verifies one assembly file.</summary>
    public static VerificationReport Run(VerificationRequest request)
    {
        try
        {
            using var references = new ReferenceFolders(request.Input, request.ReferenceDirectories);
            using ModuleDefinition module = Subject.Open(request.Input, references);
            return Verify(module, request.WhitelistFile);
        }
        catch (RejectionException e)
        {
            return Rejected(e);
        }
        catch (AssemblyResolutionException e)
        {
            return Rejected(ReferenceFolders.Missing(e.AssemblyReference));
        }
        catch (Exception e) when (MalformedCode.Explains(e))
        {
            return Rejected(Subject.Damaged(request.Input));
        }
    }

    private static VerificationReport Rejected(RejectionException reason) => new([new Finding(reason.Code, reason.Message)], 0, 0, 0);

    private static VerificationReport Verify(ModuleDefinition module, string? whitelistFile)
    {
        WovenSettings settings = Stamp.Read(module);
        TrustList list = TrustList.Read(module, settings);

        var findings = new List<Finding>();
        var support = new SupportMembers(module);
        MethodDefinition? throwHelper = support.ThrowHelper();
        if (throwHelper is null)
            findings.Add(new Finding(VerifierCode.ThrowHelperAltered, "The member that ends a failed check is missing or might return; weave the original assembly again."));
        if (support.WrongStart(settings) is { } wrong)
            findings.Add(new Finding(VerifierCode.RuntimeNotStarted, wrong));
        if (whitelistFile is not null)
            findings.AddRange(UserWhitelist.Compare(list, whitelistFile));

        var trusted = new TrustedMembers(module, list, findings);
        if (settings.OpensWindows)
        {
            _ = Summaries.Read(module, settings, findings);
            var windows = new WindowProof(module, settings, trusted.Contains);
            findings.AddRange([.. windows.Gaps(), .. new TrustedAccesses(list).Unseen()]);
            return new VerificationReport(findings, windows.Members, windows.Owed, list.Entries.Count());
        }

        var accesses = new TrustedAccesses(list);
        Summaries summaries = Summaries.Read(module, settings, findings);
        var targets = new CallTargets(module, trusted.Contains, throwHelper, summaries);
        findings.AddRange(new ClosedMembers(module, trusted.Contains).Gaps(summaries, targets.Definition));
        var proof = new MemberProof(settings, new TypeShapes(), targets, new NativeEntries(module), accesses);

        // The throw helper hands the address in the block to the runtime; it was compared word by word already.
        foreach (MethodDefinition member in module.GetTypes().SelectMany(t => t.Methods).Where(m => m != throwHelper && !trusted.Contains(m)))
            findings.AddRange(proof.GapsIn(member));

        findings.AddRange(accesses.Unseen());
        return new VerificationReport(findings, proof.Members, proof.Owed, list.Entries.Count());
    }
}
