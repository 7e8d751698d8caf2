using System.Collections.Immutable;
using MemSentry.Fuzzing.Generation.Tree;
using MemSentry.Fuzzing.Generation.Vocabulary;

namespace MemSentry.Fuzzing.Generation;

/// <summary>Makes random statements.</summary>
internal sealed class StatementGenerator
{
    private const int Depth = 2;
    private readonly Dice _dice;
    private readonly MemberForm _form;
    private readonly Reach _reach;
    private readonly NumberGenerator _numbers;
    private readonly PointerGenerator _pointers;

    public StatementGenerator(Dice dice, MemberForm form, bool isShort)
    {
        (_dice, _form, _reach) = (dice, form, new(isShort));
        _numbers = new(dice, _reach, depth => _pointers!.Make(Math.Min(depth, Depth)));
        _pointers = new(dice, _reach, depth => _numbers.Make(Math.Min(depth, 1)), form);
    }

    /// <summary>A block.</summary>
    /// <param name="count">How many statements.</param>
    /// <param name="depth">How deep they may be nested.</param>
    /// <param name="site">What is allowed there.</param>
    public ImmutableArray<Statement> Block(int count, int depth, StatementSite site) => [.. Enumerable.Range(0, count).Select(_ => Make(depth, site))];

    private Statement Make(int depth, StatementSite site)
    {
        if (depth > 0 && _dice.Percent(25))
            return Compound(depth, site);
        return _dice.Weighted<Func<Statement>>(
            (14, () => new Statement.Mix(_numbers.Read(Depth))),
            (4, () => new Statement.Mix(_numbers.Make(Depth))),
            (8, () => new Statement.Assign(_dice.Below(Member.NumberVariables), _numbers.Make(Depth))),
            (12, () => new Statement.Point(_dice.Below(Member.PointerVariables), _pointers.Make(Depth, isStored: true))),
            (14, Store),
            (4, () => new Statement.Update(_dice.Any<Width>(), Address(), _numbers.Make(1))),
            (4, StoreField),
            (3, () => new Statement.Copy(_dice.Of(BlockMembers.Copies).Name, Address(), Address(), _numbers.Make(1))),
            (2, () => new Statement.Fill(_dice.Of(BlockMembers.Fills).Name, Address(), _numbers.Make(1), _numbers.Make(1))),
            (2, () => new Statement.CopyStructure(_dice.Of(_reach.Types), Address(), Address())),
            (1, () => new Statement.ClearStructure(_dice.Of(_reach.Types), Address())),
            (2, () => new Statement.SetCell(_numbers.Make(1), _numbers.Make(1))),
            (8, () => new Statement.Keep(_dice.Any<Place>(), _pointers.Make(Depth, isStored: true))),
            (3, () => new Statement.Refer(_pointers.Make(Depth, isStored: true))),
            (3, () => new Statement.SetReferred(_numbers.Make(1))),
            (3, () => new Statement.Cover(_pointers.Make(Depth, isStored: true))),
            (2, () => new Statement.SetElement(_numbers.Make(1), _numbers.Make(1))),
            (2, () => new Statement.Throw(_dice.Of(Exceptions.Thrown), _numbers.Make(1))),
            (site.MayReturn ? 2 : 0, () => new Statement.Return(_numbers.Make(1))),
            (site.MayAwait ? 6 : 0, () => new Statement.Await()))();
    }

    private Statement.Store Store()
    {
        Pointer address = Address();
        return new(_dice.Any<Width>(), _dice.Percent(50) ? Routes.Plain : _dice.Of(Routes.All).Name, address, ValueAt(LateNullChecks.Concern(address), Depth));
    }

    private Statement.StoreField StoreField()
    {
        StructureField field = _dice.Of(_reach.Fields);
        Pointer address = Address();
        return new(field.Name, address, ValueAt(field.IsInner || LateNullChecks.Concern(address), 1));
    }

    private Number ValueAt(bool isLate, int depth) => isLate ? _numbers.Leaf() : _numbers.Make(depth);

    private Statement Compound(int depth, StatementSite site)
    {
        StatementSite inner = site with { MayAwait = false };
        return _dice.Weighted<Func<Statement>>(
            (6, () => new Statement.If(_numbers.Make(Depth), Some(depth, inner), Some(depth, inner))),
            (7, () => Repeated(_dice.Below(7) + 2, times => new Statement.Loop(times, Some(depth, site)))),
            (3, () => Repeated(_dice.Below(3) + 2, times => new Statement.Tangle(_numbers.Make(1), times - 1, Some(depth, inner), Some(depth, inner)))),
            (2, () => new Statement.Switch(_numbers.Make(1), [Some(depth, inner), Some(depth, inner), Some(depth, inner)])),
            (5, () => Catch(depth, inner)),
            (4, () => new Statement.TryFinally(Some(depth, inner), Some(depth, inner with { MayReturn = false }), _form == MemberForm.Il && _dice.Percent(40))),
            (_form == MemberForm.CSharp && depth == 3 ? 1 : 0, () => new Statement.Apart(Some(depth, inner))))();
    }

    private Statement Catch(int depth, StatementSite site) =>
        new Statement.TryCatch(Some(depth, site), _dice.Of(Exceptions.Caught), _dice.Percent(40) ? _numbers.Make(Depth) : null, Some(depth, site));

    private Statement Repeated(int times, Func<int, Statement> make)
    {
        int before = _reach.Times;
        _reach.Times *= times;
        Statement statement = make(times);
        _reach.Times = before;
        return statement;
    }

    private ImmutableArray<Statement> Some(int depth, StatementSite site) => Block(_dice.Below(2) + 1, depth - 1, site);

    private Pointer Address() => _pointers.Make(Depth);
}
