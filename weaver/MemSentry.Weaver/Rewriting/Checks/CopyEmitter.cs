using MemSentry.Analysis.Planning;
using MemSentry.Analysis.Planning.Copies;
using Mono.Cecil.Cil;

namespace MemSentry.Weaver.Rewriting.Checks;

/// <summary>The code of masked copies of variables, by the instruction that it goes before.</summary>
internal sealed class CopyEmitter
{
    private readonly Dictionary<Instruction, List<(object Variable, VariableDefinition Copy, bool IsHeld)>> _refreshes = [];
    private readonly Dictionary<Instruction, VariableDefinition> _stores = [];
    private readonly Dictionary<Instruction, VariableDefinition> _loads = [];
    private readonly Dictionary<Instruction, (VariableDefinition Copy, long By)> _steps = [];
    private readonly Dictionary<object, VariableDefinition> _copies = [];
    private readonly HashSet<Instruction> _heldStores = [];

    private readonly RenewalEmitter _renewals;

    /// <summary>Adds the copies of a plan to its member, and masks them at the entry.</summary>
    public CopyEmitter(MemberPlan plan, RenewalEmitter renewals, BodyEditor editor)
    {
        _renewals = renewals;
        foreach (MaskedCopy copy in plan.MaskedCopies)
        {
            VariableDefinition local = editor.AddLocal(plan.Method.Module.TypeSystem.IntPtr);
            foreach (Instruction store in copy.Stores)
                _stores.Add(store, local);
            foreach (CopyStep step in copy.Steps)
                _steps.Add(step.Store, (local, step.By));
            _copies.Add(copy.Variable, local);
            _heldStores.UnionWith(copy.HeldStores);
            foreach (Instruction load in copy.Loads)
                _loads.Add(load, local);
            foreach (Instruction call in copy.Calls)
                RefreshesAt(call.Next).Add((copy.Variable, local, copy.IsHeldBehindCalls));

            if (copy.AtEntry)
            {
                var code = new PendingCode();
                Refresh(copy.Variable, local, isHeld: false, code);
                editor.InsertPrologue(code.Complete(plan.Method.Body.Instructions[0]));
            }
        }
    }

    /// <summary>Where there is code of copies.</summary>
    public IEnumerable<Instruction> Anchors => _refreshes.Keys.Concat(_stores.Keys).Concat(_steps.Keys).Concat(_loads.Keys);

    /// <summary>The loads of variables in whose place copies are loaded.</summary>
    public IEnumerable<Instruction> Replaced => _loads.Keys;

    /// <summary>Masks copies again behind what ended proofs.</summary>
    public void EmitRefreshes(Instruction anchor, PendingCode code)
    {
        foreach ((object variable, VariableDefinition copy, bool isHeld) in _refreshes.GetValueOrDefault(anchor, []))
            Refresh(variable, copy, isHeld, code);
    }

    /// <summary>Puts an address that is displaced from a copy in place of the one on top of the stack.</summary>
    public void EmitAddress(CopiedAddress address, PendingCode code)
    {
        code.Add(Instruction.Create(OpCodes.Pop));
        EmitMoved(_copies[address.Variable], address.Distance, code);
    }

    /// <summary>Masks what the anchor is about to store in a variable, moves the copy on with it, or loads the copy in place of the anchor.</summary>
    public void EmitUses(Instruction anchor, PendingCode code)
    {
        if (_stores.TryGetValue(anchor, out VariableDefinition? stored))
        {
            if (_heldStores.Contains(anchor))
                _renewals.Emit(code);
            code.Add(Instruction.Create(OpCodes.Dup));
            MaskEmitter.EmitMask(code);
            code.Add(CompactInstruction.StoreLocal(stored));
        }

        if (_steps.TryGetValue(anchor, out (VariableDefinition Copy, long By) step))
        {
            EmitMoved(step.Copy, step.By, code);
            code.Add(CompactInstruction.StoreLocal(step.Copy));
        }

        if (_loads.TryGetValue(anchor, out VariableDefinition? loaded))
            code.Add(CompactInstruction.LoadLocal(loaded));
    }

    private static void EmitMoved(VariableDefinition copy, long by, PendingCode code)
    {
        code.Add(CompactInstruction.LoadLocal(copy));
        if (by == 0)
            return;

        code.Add(CompactInstruction.LoadInt32((int)by));
        code.Add(Instruction.Create(OpCodes.Add));
    }

    private List<(object Variable, VariableDefinition Copy, bool IsHeld)> RefreshesAt(Instruction next)
    {
        if (!_refreshes.TryGetValue(next, out List<(object, VariableDefinition, bool)>? refreshes))
            _refreshes.Add(next, refreshes = []);

        return refreshes;
    }

    private void Refresh(object variable, VariableDefinition copy, bool isHeld, PendingCode code)
    {
        code.Add(CompactInstruction.Load(variable));
        if (isHeld)
            _renewals.Emit(code);
        MaskEmitter.EmitMask(code);
        code.Add(CompactInstruction.StoreLocal(copy));
    }
}
