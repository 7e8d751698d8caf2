using System.Reflection;
using System.Reflection.Emit;

namespace MemSentry.Cli.Tests;

/// <summary>An assembly with each opcode that accesses memory once, compilers' favourites or not, and with code that no path reaches.</summary>
internal static class OpcodeAssembly
{
    private static readonly OpCode[] Loads =
    [
        OpCodes.Ldind_I1, OpCodes.Ldind_U1, OpCodes.Ldind_I2, OpCodes.Ldind_U2, OpCodes.Ldind_I4, OpCodes.Ldind_U4, OpCodes.Ldind_I8, OpCodes.Ldind_I,
        OpCodes.Ldind_R4, OpCodes.Ldind_R8, OpCodes.Ldind_Ref,
    ];

    private static readonly OpCode[] Int32Stores = [OpCodes.Stind_I1, OpCodes.Stind_I2, OpCodes.Stind_I4];

    public static string In(WorkFolder folder)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("Opcodes"), typeof(object).Assembly);
        ModuleBuilder module = assembly.DefineDynamicModule("Opcodes");
        TypeBuilder pair = module.DefineType("Pair", TypeAttributes.Public | TypeAttributes.SequentialLayout, typeof(ValueType));
        FieldBuilder field = pair.DefineField("First", typeof(int), FieldAttributes.Public);
        TypeBuilder type = module.DefineType("All", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);
        MethodBuilder method = type.DefineMethod("Of", MethodAttributes.Public | MethodAttributes.Static, typeof(void), [typeof(nint), typeof(nint), pair]);
        Emit(method.GetILGenerator(), pair, field);
        pair.CreateType();
        type.CreateType();
        assembly.Save(folder["Opcodes.dll"]);
        return folder["Opcodes.dll"];
    }

    private static void Emit(ILGenerator il, Type pair, FieldInfo field)
    {
        foreach (OpCode load in Loads)
            Emit(il, () => il.Emit(load), OpCodes.Pop);
        foreach (OpCode store in Int32Stores)
            Emit(il, () => il.Emit(OpCodes.Ldc_I4_0), store);
        Emit(il, () => il.Emit(OpCodes.Ldc_I8, 0L), OpCodes.Stind_I8);
        Emit(il, () => il.Emit(OpCodes.Ldarg_1), OpCodes.Stind_I);
        Emit(il, () => il.Emit(OpCodes.Ldc_R4, 0f), OpCodes.Stind_R4);
        Emit(il, () => il.Emit(OpCodes.Ldc_R8, 0d), OpCodes.Stind_R8);
        Emit(il, () => il.Emit(OpCodes.Ldnull), OpCodes.Stind_Ref);
        Emit(il, () => il.Emit(OpCodes.Ldobj, pair), OpCodes.Pop);
        Emit(il, () => il.Emit(OpCodes.Ldfld, field), OpCodes.Pop);
        Emit(il, () => il.Emit(OpCodes.Initobj, pair), OpCodes.Nop);
        Emit(il, () => il.Emit(OpCodes.Ldarg_1), OpCodes.Nop);
        il.Emit(OpCodes.Cpobj, pair);
        Emit(il, () => il.Emit(OpCodes.Ldarg_2), OpCodes.Nop);
        il.Emit(OpCodes.Stobj, pair);
        Emit(il, () => il.Emit(OpCodes.Ldc_I4_0), OpCodes.Nop);
        il.Emit(OpCodes.Stfld, field);
        Emit(il, () => il.Emit(OpCodes.Ldarg_1), OpCodes.Ldc_I4_8);
        il.Emit(OpCodes.Unaligned, (byte)1);
        il.Emit(OpCodes.Volatile);
        il.Emit(OpCodes.Cpblk);
        Emit(il, () => il.Emit(OpCodes.Ldc_I4_0), OpCodes.Ldc_I4_8);
        il.Emit(OpCodes.Initblk);

        // Looks into a value on the stack, which is no access; and never runs.
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Ldfld, field);
        il.Emit(OpCodes.Pop);
        il.Emit(OpCodes.Ret);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldind_I4);
        il.Emit(OpCodes.Pop);
        il.Emit(OpCodes.Ret);
    }

    private static void Emit(ILGenerator il, Action first, OpCode then)
    {
        il.Emit(OpCodes.Ldarg_0);
        first();
        il.Emit(then);
    }
}
