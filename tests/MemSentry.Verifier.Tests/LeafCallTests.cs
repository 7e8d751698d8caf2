using MemSentry.Verifier.Tests.Fixtures;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MemSentry.Verifier.Tests;

/// <summary>Calls that the JIT puts its own code in place of: behind them a pointer is what it was. Whatever may run other code, or keep our registers, is none.</summary>
[TestFixture]
internal sealed class LeafCallTests : BodyTests
{
    [Test]
    public void Behind_a_leaf_a_pointer_is_what_it_was() => Accepts(a => UseBehind(a, Leaf(a)));

    [Test]
    public void A_leaf_may_call_a_leaf() => Accepts(a =>
    {
        Inline(a.Member("Numbered"), OpCodes.Ldc_I4_0, OpCodes.Ret);
        UseBehind(a, Leaf(a, Instruction.Create(OpCodes.Ldc_I4_0), Instruction.Create(OpCodes.Conv_I), Instruction.Create(OpCodes.Call, a.Member("Numbered")), Instruction.Create(OpCodes.Pop)));
    });

    [Test]
    public void A_leaf_may_call_the_throw_helper_which_does_not_come_back() => Accepts(a => UseBehind(a, Leaf(a,
        Instruction.Create(OpCodes.Ldc_I4_0), Instruction.Create(OpCodes.Conv_U), Instruction.Create(OpCodes.Ldc_I4_0), Instruction.Create(OpCodes.Ldc_I4_0), Instruction.Create(OpCodes.Ldc_I4_0),
        Instruction.Create(OpCodes.Call, a.Body.Method.Module.GetType("<MemSentry>").Methods.Single(m => m.Name == "Throw")))));

    [Test]
    public void A_branch_ahead_ends() => Accepts(a =>
    {
        Instruction end = Instruction.Create(OpCodes.Nop);
        UseBehind(a, Leaf(a, Instruction.Create(OpCodes.Br, end), end));
    });

    [Test]
    public void A_branch_back_may_go_on_for_long() => Rejects(VerifierCode.AccessNotProven, a =>
    {
        Instruction start = Instruction.Create(OpCodes.Nop);
        UseBehind(a, Leaf(a, start, Instruction.Create(OpCodes.Ldc_I4_0), Instruction.Create(OpCodes.Brtrue, start)));
    });

    [Test]
    public void What_the_JIT_is_not_told_to_inline_is_none() => Rejects(VerifierCode.AccessNotProven, a => UseBehind(a, Leaf(a), c => c.AggressiveInlining = false));

    [Test]
    public void What_the_JIT_must_not_inline_is_none() => Rejects(VerifierCode.AccessNotProven, a => UseBehind(a, Leaf(a), c => c.NoInlining = true));

    [Test]
    public void What_the_JIT_does_not_optimise_is_none() => Rejects(VerifierCode.AccessNotProven, a => UseBehind(a, Leaf(a), c => c.NoOptimization = true));

    [Test]
    public void What_takes_a_lock_is_none() => Rejects(VerifierCode.AccessNotProven, a => UseBehind(a, Leaf(a), c => c.IsSynchronized = true));

    [Test]
    public void What_calls_others_is_none() => Rejects(VerifierCode.AccessNotProven, a => UseBehind(a, Leaf(a, Instruction.Create(OpCodes.Call, a.Member("Trusted")), Instruction.Create(OpCodes.Pop))));

    [Test]
    public void What_calls_itself_is_none() => Rejects(VerifierCode.AccessNotProven, a => UseBehind(a, Leaf(a, Instruction.Create(OpCodes.Call, a.Member("Callee")))));

    [Test]
    public void What_allocates_on_the_stack_is_none() => Rejects(VerifierCode.AccessNotProven, a => UseBehind(a, Leaf(a,
        Instruction.Create(OpCodes.Ldc_I4_8), Instruction.Create(OpCodes.Conv_U), Instruction.Create(OpCodes.Localloc), Instruction.Create(OpCodes.Pop))));

    [Test]
    public void What_the_runtime_allocates_for_is_none() => Rejects(VerifierCode.AccessNotProven, a => UseBehind(a, Leaf(a,
        Instruction.Create(OpCodes.Ldc_I4_8), Instruction.Create(OpCodes.Newarr, a.Body.Method.Module.TypeSystem.Int32), Instruction.Create(OpCodes.Pop))));

    [Test]
    public void What_fills_memory_by_a_call_is_none() => Rejects(VerifierCode.AccessNotProven, a =>
    {
        var filled = new VariableDefinition(a.Body.Method.Module.TypeSystem.Int32);
        a.Member("Callee").Body.Variables.Add(filled);
        UseBehind(a, Leaf(a, Instruction.Create(OpCodes.Ldloca, filled), Instruction.Create(OpCodes.Ldc_I4_0), Instruction.Create(OpCodes.Ldc_I4_4), Instruction.Create(OpCodes.Initblk)));
    });

    [Test]
    public void What_a_static_constructor_comes_before_is_none() => Rejects(VerifierCode.AccessNotProven, a => UseBehind(a, Leaf(a), c =>
    {
        c.DeclaringType.IsBeforeFieldInit = false;
        Construct(c.DeclaringType);
    }));

    [Test]
    public void A_static_field_of_a_class_without_constructor_runs_nothing() => Accepts(a => UseBehind(a, Field(a)));

    [Test]
    public void A_static_field_of_a_class_with_a_constructor_may_run_it() => Rejects(VerifierCode.AccessNotProven, a =>
    {
        Construct(a.Body.Method.DeclaringType);
        UseBehind(a, Field(a));
    });

    [Test]
    public void A_field_of_a_thread_has_to_be_looked_for() => Rejects(VerifierCode.AccessNotProven, a =>
    {
        Instruction field = Field(a);
        TypeReference attribute = a.Body.Method.Module.ImportReference(typeof(ThreadStaticAttribute));
        ((FieldDefinition)field.Operand).CustomAttributes.Add(new CustomAttribute(new MethodReference(".ctor", a.Body.Method.Module.TypeSystem.Void, attribute) { HasThis = true }));
        UseBehind(a, field);
    });

    [Test]
    public void A_static_field_that_was_accessed_before_runs_nothing() => Accepts(a => UseBehindFieldAgain(a, (first, _) => a.Mark(first).Emit(OpCodes.Pop)));

    [Test]
    public void Another_static_field_says_nothing() => Rejects(VerifierCode.AccessNotProven, a => UseBehindFieldAgain(a, (_, _) => a.Mark(Field(a, "Other")).Emit(OpCodes.Pop)));

    [Test]
    public void A_static_field_that_was_accessed_on_one_way_says_nothing() => Rejects(VerifierCode.AccessNotProven, a => UseBehindFieldAgain(a, (first, skip) =>
        a.Emit(OpCodes.Ldarg_0).Emit(OpCodes.Brtrue, skip).Mark(first).Emit(OpCodes.Pop).Mark(skip)));

    [Test]
    public void A_static_field_whose_access_may_have_thrown_says_nothing() => Rejects(VerifierCode.AccessNotProven, a => UseBehindFieldAgain(a, (first, end) =>
    {
        Instruction handler = Instruction.Create(OpCodes.Pop);
        a.Mark(first).Emit(OpCodes.Pop).Emit(OpCodes.Leave, end).Mark(handler).Emit(OpCodes.Leave, end).Mark(end);
        a.Body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Catch)
        {
            TryStart = first,
            TryEnd = handler,
            HandlerStart = handler,
            HandlerEnd = end,
            CatchType = a.Body.Method.Module.TypeSystem.Object,
        });
    }));

    [Test]
    public void What_a_leaf_makes_of_an_old_number_is_old() => Rejects(VerifierCode.AccessNotProven, a =>
    {
        MethodDefinition same = a.Member("Numbered");
        same.ReturnType = a.Body.Method.Module.TypeSystem.IntPtr;
        Inline(same, OpCodes.Ldarg_0, OpCodes.Ret);
        a.Emit(OpCodes.Call, a.Member("Trusted")).Emit(OpCodes.Pop);
        a.Emit(OpCodes.Ldarg_0).Emit(OpCodes.Call, same).Emit(OpCodes.Dup).CheckAndPop().Emit(OpCodes.Ldind_I4).Emit(OpCodes.Pop);
    });

    /// <summary>Checks the pointer, executes something and accesses through the pointer.</summary>
    private static void UseBehind(Assembler a, Instruction between, Action<MethodDefinition>? change = null)
    {
        change?.Invoke(a.Member("Callee"));
        a.Emit(OpCodes.Ldarg_0).CheckAndPop().Mark(between);
        if (between.OpCode.Code == Code.Ldsfld)
            a.Emit(OpCodes.Pop);
        a.Emit(OpCodes.Ldarg_0).Emit(OpCodes.Ldind_I4).Emit(OpCodes.Pop);
    }

    /// <summary>The same behind a field of a class with a static constructor, with something before the check.</summary>
    private static void UseBehindFieldAgain(Assembler a, Action<Instruction, Instruction> before)
    {
        Construct(a.Body.Method.DeclaringType);
        Instruction again = Field(a);
        before(Instruction.Create(OpCodes.Ldsfld, (FieldReference)again.Operand), a.Label());

        // A check of what was there before the constructor ran would be none.
        VariableDefinition copy = a.Local(a.Body.Method.Module.TypeSystem.IntPtr);
        a.Emit(OpCodes.Ldarg_0).Emit(OpCodes.Stloc, copy).Emit(OpCodes.Ldloca, copy).Emit(OpCodes.Volatile).Emit(OpCodes.Ldind_I).Emit(OpCodes.Starg, a.Body.Method.Parameters[0]);
        UseBehind(a, again);
    }

    /// <summary>A call of <c>Callee</c>, which gets a body and is to be inlined.</summary>
    private static Instruction Leaf(Assembler a, params Instruction[] body)
    {
        MethodDefinition callee = a.Member("Callee");
        Inline(callee);
        foreach (Instruction instruction in body)
            callee.Body.Instructions.Add(instruction);

        callee.Body.Instructions.Add(Instruction.Create(OpCodes.Ret));
        return Instruction.Create(OpCodes.Call, callee);
    }

    private static void Inline(MethodDefinition callee, params OpCode[] body)
    {
        callee.AggressiveInlining = true;
        callee.Body.Instructions.Clear();
        foreach (OpCode opcode in body)
            callee.Body.Instructions.Add(Instruction.Create(opcode));
    }

    private static Instruction Field(Assembler a, string name = "Count")
    {
        var field = new FieldDefinition(name, FieldAttributes.Static | FieldAttributes.Public, a.Body.Method.Module.TypeSystem.Int32);
        a.Body.Method.DeclaringType.Fields.Add(field);
        return Instruction.Create(OpCodes.Ldsfld, field);
    }

    private static void Construct(TypeDefinition type)
    {
        const MethodAttributes Attributes = MethodAttributes.Static | MethodAttributes.Private | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName;
        var constructor = new MethodDefinition(".cctor", Attributes, type.Module.TypeSystem.Void);
        constructor.Body.Instructions.Add(Instruction.Create(OpCodes.Ret));
        type.Methods.Add(constructor);
    }
}
