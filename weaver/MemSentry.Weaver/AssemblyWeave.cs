using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Planning;
using MemSentry.Weaver.Reading;
using MemSentry.Weaver.References;
using MemSentry.Weaver.Writing;

namespace MemSentry.Weaver;

/// <summary>Weaves one assembly file: read, <see cref="ModuleWeave"/>, write to a temporary file, move into place.</summary>
public static class AssemblyWeave
{
    /// <summary>Runs the weave. Nothing is written when there is an error.</summary>
    /// <returns>What was done, or null when there was an error.</returns>
    public static ModulePlan? Run(AssemblyWeaveRequest request, DiagnosticList diagnostics)
    {
        try
        {
            using InputAssembly input = InputAssembly.OpenToWeave(request.Input, request.ReferenceDirectories, diagnostics);
            byte[]? key = StrongName.ReadKey(request.KeyFile);
            ReferenceFiles? references = request.SurveysReferences ? ReferenceFiles.Beside(request.Input, request.ReferenceDirectories) with { WovenTogether = request.WovenTogether } : null;
            ModulePlan? plan = ModuleWeave.Apply(input.Members, request.Options, diagnostics, references);
            if (plan is null)
                return null;

            StrongName.RefuseAnother(key, input.Module);
            StrongName.GiveUpWithout(key, input.Module, diagnostics);
            UntouchedBodies.Forget(input.Members, plan);
            var image = WovenImage.Create(input.Module, input.Symbols, key, input.Size);
            if (!request.IsRehearsal)
                PendingOutputs.OfProcess.Complete(() => OutputFiles.Write(request.Output, image, permissionsFrom: request.Input));
            return plan;
        }
        catch (WeaveException e)
        {
            diagnostics.Add(e.Diagnostic);
        }
        catch (Exception e)
        {
            diagnostics.Add(UnexpectedFailure.Explain(request.Input, e));
        }

        return null;
    }
}
