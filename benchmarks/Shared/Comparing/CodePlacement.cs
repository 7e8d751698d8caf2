using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace MemSentry.Benchmarks.Comparing;

/// <summary>
/// Moves the place at which the runtime puts the code that it compiles next, by members of random length that nobody calls. Where code lies decides which branches share a place in the
/// processor's predictor and which instructions a line of its caches; unless it is random, two builds of the same code are compared at one pair of places only, and what differs is taken for what
/// the weave costs (Mytkowicz et al., "Producing wrong data without doing anything obviously wrong!", ASPLOS 2009; Curtsinger and Berger, "Stabilizer", ASPLOS 2013).
/// </summary>
/// <param name="seed">Decides all lengths.</param>
internal sealed class CodePlacement(int seed)
{
    /// <summary>Each is an addition, of three bytes of code or more.</summary>
    private const int MostInstructions = 700;

    private readonly Random _random = new(seed);

    /// <summary>Compiles one more member.</summary>
    public void Move()
    {
        TypeBuilder type = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("MemSentry.Benchmarks.Padding"), AssemblyBuilderAccess.Run)
            .DefineDynamicModule("Padding").DefineType("Padding", TypeAttributes.Abstract | TypeAttributes.Sealed);
        ILGenerator code = type.DefineMethod("Pad", MethodAttributes.Static | MethodAttributes.Public, typeof(int), [typeof(int), typeof(int)]).GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        for (int i = _random.Next(MostInstructions); i > 0; i--)
        {
            code.Emit(OpCodes.Ldarg_1);
            code.Emit(i % 2 == 0 ? OpCodes.Add : OpCodes.Xor);
        }

        code.Emit(OpCodes.Ret);
        RuntimeHelpers.PrepareMethod(type.CreateType().GetMethod("Pad")!.MethodHandle);
    }
}
