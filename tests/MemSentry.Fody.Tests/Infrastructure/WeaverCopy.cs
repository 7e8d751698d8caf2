using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Fody.Tests.Infrastructure;

/// <summary>A copy of the weaver that a test may change.</summary>
internal sealed class WeaverCopy : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("MemSentry.Fody.Tests.Weaver.").FullName;

    public WeaverCopy()
    {
        foreach (string file in Directory.GetFiles(BuiltParts.WeaverFolder, "*.dll"))
            System.IO.File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
    }

    /// <summary>MemSentry.Fody.dll.</summary>
    public string File => Path.Combine(_folder, "MemSentry.Fody.dll");

    /// <summary>MemSentry.Weaver.dll.</summary>
    public string Engine => Path.Combine(_folder, "MemSentry.Weaver.dll");

    /// <summary>Another build of the engine, as far as anybody can tell.</summary>
    public void ChangeModuleId() => ChangeEngine(module => module.Mvid = new Guid("11111111-2222-4333-8444-555555555555"));

    /// <summary>A third build of the engine, in a file beside it that nobody loads.</summary>
    public string WriteNextEngine()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, "next")).FullName;
        string file = Path.Combine(folder, "MemSentry.Weaver.dll");
        ChangeEngine(module => module.Mvid = new Guid("11111111-2222-4333-8444-777777777777"), file);
        return file;
    }

    /// <summary>An engine with a defect.</summary>
    public void MakeEngineThrow(string message) => ChangeEngine(module =>
    {
        module.Mvid = new Guid("11111111-2222-4333-8444-666666666666");
        MethodDefinition apply = module.GetType("MemSentry.Weaver.ModuleWeave").Methods.Single(m => m.Name == "Apply");
        var exception = new TypeReference("System", "InvalidOperationException", module, module.TypeSystem.CoreLibrary);
        var constructor = new MethodReference(".ctor", module.TypeSystem.Void, exception) { HasThis = true };
        constructor.Parameters.Add(new ParameterDefinition(module.TypeSystem.String));
        apply.Body = new MethodBody(apply);
        apply.Body.Instructions.Add(Instruction.Create(OpCodes.Ldstr, message));
        apply.Body.Instructions.Add(Instruction.Create(OpCodes.Newobj, constructor));
        apply.Body.Instructions.Add(Instruction.Create(OpCodes.Throw));
    });

    /// <summary>A file that was not copied completely.</summary>
    public void Destroy() => System.IO.File.WriteAllText(Engine, "not an assembly");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void ChangeEngine(Action<ModuleDefinition> change, string? output = null)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(Engine, new ReaderParameters { InMemory = true });
        change(module);
        module.Write(output ?? Engine);
    }
}
