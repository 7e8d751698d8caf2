using System.Collections.Immutable;
using MemSentry.Fuzzing.Generation.Tree;
using MemSentry.Fuzzing.Generation.Vocabulary;

namespace MemSentry.Fuzzing.Shrinking;

/// <summary>Everything that is one step smaller than a member: a part left out, a block or expression put in the place of what it is part of, or a leaf made plain.</summary>
internal static class Reductions
{
    /// <summary>The smaller members.</summary>
    public static IEnumerable<Member> Of(Member member) => Blocks(member.Body).Select(body => member with { Body = body });

    private static IEnumerable<ImmutableArray<Statement>> Blocks(ImmutableArray<Statement> block)
    {
        for (int length = block.Length; length > 0; length /= 2)
        {
            for (int start = 0; start < block.Length; start += length)
                yield return block.RemoveRange(start, Math.Min(length, block.Length - start));
        }

        for (int i = 0; i < block.Length; i++)
        {
            foreach (ImmutableArray<Statement> inner in StatementBlocks.Of(block[i]))
                yield return block.RemoveAt(i).InsertRange(i, inner);
            foreach (Statement smaller in Statements(block[i]))
                yield return block.SetItem(i, smaller);
        }
    }

    private static IEnumerable<Statement> Statements(Statement statement)
    {
        foreach ((ImmutableArray<Statement> part, Func<ImmutableArray<Statement>, Statement> with) in Node.Parts<Statement, ImmutableArray<Statement>>(statement))
        {
            foreach (ImmutableArray<Statement> block in Blocks(part))
                yield return with(block);
        }

        foreach (Statement smaller in Expressions(statement))
            yield return smaller;
        if (statement is Statement.Switch choice)
        {
            for (int i = 0; i < choice.Cases.Length; i++)
            {
                foreach (ImmutableArray<Statement> block in Blocks(choice.Cases[i]))
                    yield return choice with { Cases = choice.Cases.SetItem(i, block) };
            }
        }

        if (statement is Statement.TryCatch { Filter: not null } filtered)
            yield return filtered with { Filter = null };
        if (statement is Statement.Store { Route: not Routes.Plain } store)
            yield return store with { Route = Routes.Plain };
    }

    private static IEnumerable<Number> Numbers(Number number)
    {
        yield return Number.Zero;
        if (number is Number.Load { Route: not Routes.Plain } load)
            yield return load with { Route = Routes.Plain };
        foreach ((Number part, _) in Node.Parts<Number, Number>(number))
            yield return part;
        foreach ((Pointer part, _) in Node.Parts<Number, Pointer>(number))
            yield return new Number.Load(Width.I8, Routes.Plain, part);
        foreach (Number smaller in Expressions(number))
            yield return smaller;
    }

    private static IEnumerable<Pointer> Pointers(Pointer pointer)
    {
        yield return new Pointer.Target();
        yield return new Pointer.Near();
        foreach ((Pointer part, _) in Node.Parts<Pointer, Pointer>(pointer))
            yield return part;
        foreach (Pointer smaller in Expressions(pointer))
            yield return smaller;
    }

    private static IEnumerable<T> Expressions<T>(T node)
        where T : class
    {
        foreach ((Number part, Func<Number, T> with) in Node.Parts<T, Number>(node))
        {
            foreach (Number smaller in Numbers(part))
                yield return with(smaller);
        }

        foreach ((Pointer part, Func<Pointer, T> with) in Node.Parts<T, Pointer>(node))
        {
            foreach (Pointer smaller in Pointers(part))
                yield return with(smaller);
        }
    }
}
