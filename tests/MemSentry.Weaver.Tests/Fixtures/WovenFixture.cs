using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using MemSentry.Analysis.Diagnostics;
using MemSentry.Analysis.Members;
using MemSentry.Analysis.Options;
using MemSentry.Analysis.Planning;
using MemSentry.Weaver.Reading;
using MemSentry.Weaver.Writing;
using Mono.Cecil;

namespace MemSentry.Weaver.Tests.Fixtures;

/// <summary>A woven module, loaded into a context of its own and run in the tests' process.</summary>
internal sealed class WovenFixture : IDisposable
{
    private readonly AssemblyLoadContext _context = new("woven", isCollectible: true);

    public WovenFixture(byte[] image, byte[]? pdb = null)
    {
        Image = image;
        Pdb = pdb;
        Assembly = _context.LoadFromStream(new MemoryStream(image), pdb is null ? null : new MemoryStream(pdb));
    }

    public byte[] Image { get; }

    public byte[]? Pdb { get; }

    public Assembly Assembly { get; }

    /// <summary>Weaves a module as planned, writes it and loads it.</summary>
    public static WovenFixture Of(ModuleDefinition module, ModulePlan plan, WeaverOptions? options = null)
    {
        ModuleWeave.CarryOut(new ModuleMembers(module), plan, options ?? new WeaverOptions(), []);
        DebugFormat symbols = module.HasSymbols ? DebugFormat.PortableFile : DebugFormat.None;
        WovenImage image = WovenImage.Create(module, symbols, null);
        return new WovenFixture(image.Assembly, image.Pdb);
    }

    public static WovenFixture Of(ModuleDefinition module) => Of(module, NaivePlan.Of(module));

    /// <summary>Weaves with the planner's own plan.</summary>
    public static WovenFixture AsPlanned(ModuleDefinition module, WeaverOptions? options = null)
    {
        var diagnostics = new DiagnosticList();
        ModulePlan plan = ModulePlanner.Plan(new ModuleMembers(module), options ?? new WeaverOptions(), diagnostics);
        Assert.That(diagnostics, Is.Empty);
        return Of(module, plan, options);
    }

    public object? Call(string member, params object?[] arguments)
    {
        int separator = member.LastIndexOf('.');
        Type type = Assembly.GetType(member[..separator], throwOnError: true)!;
        MethodInfo method = type.GetMethod(member[(separator + 1)..], BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
        return method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }

    /// <summary>Compiles every member that is not generic: the JIT refuses invalid IL.</summary>
    public int PrepareAll()
    {
        const BindingFlags all = BindingFlags.DeclaredOnly | BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        int prepared = 0;
        foreach (Type type in Assembly.GetTypes().Where(t => !t.ContainsGenericParameters))
        {
            foreach (MethodBase method in type.GetMethods(all).Concat<MethodBase>(type.GetConstructors(all)))
            {
                if (method.IsAbstract || method.ContainsGenericParameters || method.GetMethodBody() is null)
                    continue;

                RuntimeHelpers.PrepareMethod(method.MethodHandle);
                prepared++;
            }
        }

        return prepared;
    }

    public void Dispose() => _context.Unload();
}
